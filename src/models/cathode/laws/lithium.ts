/**
 * Lithium between two places in the solid. The mobility of a face is the logarithmic mean dy / d logit y, so that the flux
 * of logit is -grad y exactly and a front is right to 0.02 mV with only 2.5 cells across it.
 */
import { faceMobility, logit } from './thermodynamics.ts'

/**
 * Flux of lithium down mu = w + logit(y) from y1 to y2, with its derivatives by y1, y2 and the fall of w: out[0..3].
 * @param G transmissibility
 * @param fall of w
 */
export function lithiumFlux(
  mobility: 'y(1-y)' | '1/4',
  G: number,
  y1: number,
  y2: number,
  fall: number,
  out: Float64Array,
): void {
  if (mobility === '1/4') {
    out[0] = 0.25 * G * (logit(y1) - logit(y2) + fall)
    out[1] = (0.25 * G) / (y1 * (1 - y1))
    out[2] = (-0.25 * G) / (y2 * (1 - y2))
    out[3] = 0.25 * G
    return
  }
  faceMobility(y1, y2, out)
  const [mean, by1, by2] = out
  out[0] = G * (y1 - y2 + mean * fall)
  out[1] = G * (1 + by1 * fall)
  out[2] = G * (-1 + by2 * fall)
  out[3] = G * mean
}
