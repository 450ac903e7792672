/** Formulas that atlases are held against, by the name that their files give. */

/** Radius of the balls of `tissue-necks` over the period. */
const BALL = 0.42

export const LAWS: Readonly<Record<string, (value: number) => number>> = {
  /**
   * Conductance of balls (radius R) joined by tubes of radius a and length g = 1 - 2 sqrt(R² - a²): a tube, g / (π a²), and
   * the way from a wide room into a narrow opening at both ends, 1 / (4 a) each (Maxwell's access resistance).
   */
  'narrow necks': (a) => 1 / ((1 - 2 * Math.sqrt(BALL ** 2 - a ** 2)) / (Math.PI * a ** 2) + 1 / (2 * a)),
}
