/** The norms of `compare` as they are estimated without the resolved model (models/estimate.ts), from the homogenized one. */
import type { CellResult } from '../../cell/cell.ts'
import { finish } from '../../finish.ts'
import { type ErrorEstimator, estimator } from '../estimate.ts'
import type { Field } from '../family.ts'
import type { TissueModel } from './model.ts'

/** Units of the norms: mol/m³, V, m, s, and the period, m. */
export interface NormUnits {
  concentration: number
  thermal: number
  length: number
  seconds: number
  period: number
  /** The start carries its correctors; without them they are what is missing at first. */
  prepared: boolean
}

const NAMES = ['L2grad', 'L2grad_corrected', 'L2gradPhi_corrected'] as const

export class EstimatedNorms {
  private readonly model: TissueModel
  private readonly estimator: ErrorEstimator
  private readonly units: NormUnits
  /** Largest in time: concentrations without and with corrector, jump. */
  private readonly largest = [0, 0, 0]
  /** Integrals in time of squares, as `NAMES`. */
  private readonly integrals = [0, 0, 0]
  private last: { t: number; rates: number[] } | undefined

  private constructor(model: TissueModel, found: ErrorEstimator, units: NormUnits) {
    this.model = model
    this.estimator = found
    this.units = units
  }

  static *of(model: TissueModel, cell: CellResult, units: NormUnits): Generator<number, EstimatedNorms> {
    const found = yield* estimator(cell, { ...model, fields: [...model.fields, ...insides(model.fields)] })
    return new EstimatedNorms(model, found, units)
  }

  /** Takes the state at a time into the maxima and integrals. */
  add(u: Float64Array, t: number): void {
    const { concentration, thermal, length, seconds, period } = this.units
    const { fields } = this.model
    const samples = this.model.sample(t, u)
    const place = (name: string) => fields.findIndex((field) => field.name === name)
    const potentials = fields.flatMap(({ group }, k) => (group === 'membrane potential' ? [samples[k]] : []))
    const outside = samples[place('phi_E')]
    const inside = potentials.map((v) => v.map((x, p) => x + outside[p]))
    const found = finish(this.estimator.of([...samples, ...inside], period))
    const squares = [0, 0, 0]
    const rates = [0, 0, 0]
    const areas = this.model.cells.map(({ area }) => area)
    let unprepared = 0
    found.forEach((estimate, k) => {
      if (!estimate) return
      const { plain, corrected, plainGradient, correctedGradient, fraction } = estimate
      const group = fields[k]?.group ?? 'potential'
      if (group.startsWith('concentration')) {
        squares[0] += fraction * (plain / concentration) ** 2
        squares[1] += fraction * (corrected / concentration) ** 2
        rates[0] += fraction * (plainGradient * (length / concentration)) ** 2
        rates[1] += fraction * (correctedGradient * (length / concentration)) ** 2
      } else if (group === 'potential') rates[2] += fraction * (correctedGradient * (length / thermal)) ** 2
      else if (group === 'membrane potential') {
        const density = this.density(areas.shift()) * length
        squares[2] += density * (corrected / thermal) ** 2
        unprepared += density * (plain / thermal) ** 2
      }
    })
    if (t === 0 && !this.units.prepared) {
      squares[1] = squares[0]
      squares[2] = unprepared
    }
    squares.forEach((v, k) => {
      this.largest[k] = Math.max(this.largest[k], Math.sqrt(v))
    })
    if (this.last) {
      const dt = (t - this.last.t) / seconds
      rates.forEach((rate, k) => {
        this.integrals[k] += 0.5 * dt * (rate + (this.last?.rates[k] ?? 0))
      })
    }
    this.last = { t, rates }
  }

  /** Membrane of a kind of cells per volume of the tissue, 1/m. */
  private density(area: Float64Array | undefined): number {
    const total = (a: Float64Array) => a.reduce((x, y) => x + y, 0)
    const { volumeE } = this.model.setting.net
    const volume = total(volumeE) + this.model.cells.reduce((sum, cells) => sum + total(cells.volume), 0)
    return area ? total(area) / volume : 0
  }

  result(): Record<string, number> {
    const [LinfL2, LinfL2_corrected, jump] = this.largest
    const { period, length } = this.units
    return {
      LinfL2,
      LinfL2_corrected,
      jump,
      jump_scaled: jump * Math.sqrt(period / length),
      ...Object.fromEntries(NAMES.map((name, k) => [name, Math.sqrt(this.integrals[k])])),
    }
  }
}

/** The potential inside, kind by kind: V + phi_E with the corrector of its phase. */
function insides(fields: readonly Field[]): Field[] {
  return fields.flatMap((field) => {
    const { group, name, microscopic } = field
    if (group !== 'membrane potential' || !microscopic) return []
    const [own] = microscopic.terms
    const inside = `inside of ${name}`
    const kinds = microscopic.kinds?.map((kind) => (kind.of === name ? { ...kind, of: inside } : kind))
    const part = { interface: false, terms: [own], ...(kinds && { kinds }) }
    return [{ ...field, name: inside, group: 'potential', microscopic: { ...microscopic, ...part } }]
  })
}
