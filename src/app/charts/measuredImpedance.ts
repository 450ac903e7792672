/** Measured impedances on the axes of the computed ones, and how far they lie apart. */
import { msg, t } from '../../language/language.ts'
import type { Curve } from '../../models/family.ts'
import type { Spectrum } from '../../tables/take.ts'
import type { Line } from '../kit/chart.ts'

interface MeasuredSpectrum {
  name: string
  spectrum: Spectrum
}

const LOOK = { points: true, hollow: true, fine: true, muted: true } as const
const DEGREES = 180 / Math.PI

/** Over an impedance in the complex plane, or against frequency. */
export function measuredLines(curve: Curve, measured: readonly MeasuredSpectrum[]): Line[] {
  return measured.flatMap(({ name, spectrum: { frequency, re, im } }): Line[] => {
    if (curve.square) {
      const labels = frequency.map((f) => `${Number(f.toPrecision(3))} Hz`)
      return [{ name, ...LOOK, labels, x: re.map((v) => v / curve.x.factor), y: im.map((v) => -v / curve.y.factor) }]
    }
    const x = frequency.map((f) => f / curve.x.factor)
    const size = re.map((v, k) => Math.hypot(v, im[k]) / curve.y.factor)
    return [
      { name: `${name}, |Z|`, ...LOOK, x, y: size },
      {
        name: `${name}, ${msg('phase')}`,
        ...LOOK,
        x,
        y: re.map((v, k) => DEGREES * Math.atan2(im[k], v)),
        second: true,
      },
    ]
  })
}

/** Of impedances against frequency: the root mean square of what |Z| and the phase differ by. */
export function impedanceNote(curve: Curve, measured: readonly MeasuredSpectrum[]): string {
  const [size, phase] = curve.traces
  if (curve.square || !size || !phase) return ''
  return measured
    .flatMap(({ name, spectrum: { frequency, re, im } }) => {
      let [bySize, byPhase, rows] = [0, 0, 0]
      for (const [k, f] of frequency.entries()) {
        const computed = [size, phase].map(({ x, y }) => at(x, y, f))
        if (computed[0] === undefined || computed[1] === undefined) continue
        bySize += (Math.hypot(re[k], im[k]) / computed[0] - 1) ** 2
        byPhase += (DEGREES * Math.atan2(im[k], re[k]) - computed[1]) ** 2
        rows++
      }
      if (rows === 0) return [t('{name}: no frequency in common.', { name })]
      const root = (sum: number) => Number(Math.sqrt(sum / rows).toPrecision(2))
      return [
        t('{name}: RMS {size} % in |Z|, {phase}° in phase.', {
          name,
          size: Number((100 * root(bySize)).toPrecision(2)),
          phase: root(byPhase),
        }),
      ]
    })
    .join(' ')
}

/** Linear in the logarithm of an ascending abscissa; undefined outside of it. */
function at(x: readonly number[], y: readonly number[], where: number): number | undefined {
  const next = x.findIndex((v) => v >= where)
  if (next < 0 || (next === 0 && x[0] > where)) return undefined
  if (next === 0) return y[0]
  const part = Math.log(where / x[next - 1]) / Math.log(x[next] / x[next - 1])
  return y[next - 1] + part * (y[next] - y[next - 1])
}
