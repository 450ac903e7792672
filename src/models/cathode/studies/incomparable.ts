/** Where the resolved cathode has no homogenized one as its limit, so that there are no errors to measure. */
import { t } from '../../../language/language.ts'
import { InputError } from '../../../parameter.ts'
import type { CathodeModel } from '../homogenized/model.ts'
import type { CathodeInput } from '../input.ts'
import { spinodal } from '../laws/thermodynamics.ts'
import { differ } from '../resolved/spreads.ts'

/** A filling that would change from empty to full within this part of the cathode is not smooth. */
const STEEP = 0.1

/** @throws InputError when particles differ, each model by a draw of its own */
export function refuseSpread({ parameters: v }: CathodeInput): void {
  if (!differ(v)) return
  throw new InputError([
    {
      path: 'parameters.noise',
      message: t(
        'got a spread of {noise} RT/F in the voltages and {size_spread} in the areas; the models draw their particles by themselves, and two draws differ by chance and not by the size of the cells; set noise and size_spread to 0, or only watch both side by side',
        { noise: v.noise, size_spread: v.size_spread },
      ),
    },
  ])
}

/**
 * A material that separates fills particle by particle, unless the current is so large that all of them fill together.
 * @throws InputError when neighbours on the grid differ more than a smooth filling would
 */
export function refuseMosaic({ hosts, nodes: n, setting: { grid, second } }: CathodeModel, u: Float64Array): void {
  const { columns, rows } = grid
  const most = 1 / (STEEP * (columns - grid.first))
  const upwards = 1 / (STEEP * rows)
  for (const { Y, material, reactive } of hosts) {
    if (spinodal(material.omega) === undefined) continue
    const step = (p: number, q: number) => Math.abs(u[Y * n + q] - u[Y * n + p])
    for (const p of reactive) {
      const along = p % columns < columns - 1 && step(p, p + 1) > most
      const across = p + columns < n && step(p, p + columns) > upwards
      if (along || across) throw mosaic(material.omega, material === second)
    }
  }
}

function mosaic(omega: number, second: boolean): InputError {
  return new InputError([
    {
      path: second ? 'parameters.Omega_2' : 'parameters.Omega',
      message: t(
        'got Ω = {omega}, and at this current particles fill one by one, so that no smooth filling is the limit of smaller cells and there are no errors to measure; take a larger current, with which they fill together, Ω at most 2, or only watch both side by side',
        { omega },
      ),
    },
  ])
}
