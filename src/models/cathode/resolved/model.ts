/**
 * The resolved cell as a Model: reference cells between lithium foil and collector (tiling.ts). It follows the
 * protocol on its own: its steps end at its own voltages, a little before or after those of the homogenized cell.
 */

import { tileMark } from '../../../cell/tile.ts'
import { t } from '../../../language/language.ts'
import { type Blocks, onNodes } from '../../../numerics/onNodes.ts'
import { FARADAY } from '../../constants.ts'
import type { ResolvedModel } from '../../family.ts'
import { materialsOf } from '../equations/materials.ts'
import { type CellDescription, CellModel } from '../equations/model.ts'
import type { CathodeSetting } from '../equations/setting.ts'
import { PHI, PSI } from '../layout.ts'
import { tilingNet } from './net.ts'
import { ResolvedSampler } from './sample.ts'
import type { Spread } from './spreads.ts'
import { type CathodeTiling, placeIn } from './tiling.ts'

/** Longest step over the time in which the capacity passes. */
const COARSEST = 0.02
/** Salt below this part of the reference is exhausted. */
const EXHAUSTED = 0.02
/** A surface that full, or that empty, takes or gives nothing more. */
const SATED = 1e-3

export class ResolvedCathode extends CellModel implements ResolvedModel {
  readonly layout: string
  readonly tiling: CathodeTiling
  readonly repeat: readonly number[]
  readonly plain: number
  /** Instead of the uniform start. */
  start: Float64Array | undefined
  private sampler: ResolvedSampler | undefined

  /** Of each active material: kind of the particle at every node, among those of the homogenized cell. */
  readonly kindOf: readonly Int32Array[]
  /** Volumes that conduct electrons, without particles that stay out, whose potential floats; m. */
  readonly wired: Float64Array

  constructor(
    setting: CathodeSetting,
    tiling: CathodeTiling,
    description: CellDescription,
    kindOf: readonly Int32Array[],
    spreads?: readonly Spread[],
  ) {
    super(setting, tilingNet(setting, tiling, spreads), capacityOf(setting, tiling), description)
    this.tiling = tiling
    this.kindOf = kindOf
    const { kinds } = setting.cathode
    this.wired = tiling.materials.reduce(
      (solid, { active }, m) => solid.map((v, p) => (kinds[kindOf[m][p]].a > 0 ? v : v - active[p])),
      tiling.solid,
    )
    this.repeat = tiling.repeat
    this.plain = tiling.separatorCells
    const shares = [tiling.salt, ...tiling.materials.map(({ active }) => active)].map((of) =>
      of.map((v, p) => v / (tiling.salt[p] + tiling.solid[p])),
    )
    const marks = this.hosts.map(({ W }) => (W < 0 ? '' : '-w')).join('')
    this.layout = `cathode-resolved${marks}/${tiling.repeat.join('x')}/${tiling.separatorCells}/${tiling.collector.length}/${tileMark(tiling.resolution, ...shares)}`
  }

  protected place(p: number, filling: boolean): readonly number[] {
    return placeIn(this.tiling, p, filling)
  }

  override initial(): Float64Array {
    return this.start ? Float64Array.from(this.start) : super.initial()
  }

  blocks(): Blocks {
    return onNodes(this.present, this.tiling.counts)
  }

  protected coarsest(u: Float64Array): number {
    return (COARSEST * this.capacity) / Math.max(Math.abs(this.reactionSum(u)), 1e-12)
  }

  explainFailure(_t: number, u: Float64Array): { message: string; advice: string[] } | undefined {
    const { low, at } = this.saltRange(u)
    const { setting, tiling, nodes: n } = this
    const place = (p: number) => t('at x = {x} µm', { x: (1e6 * tiling.position[3 * p]).toPrecision(3) })
    if (low < EXHAUSTED)
      return {
        message: t('the salt is used up in a pore ({low} mM {place})', {
          low: (low * setting.reference).toPrecision(2),
          place: place(at),
        }),
        advice: [t('take a smaller current'), t('a thinner cathode, wider pores or more salt')],
      }
    const means = this.materialFillings(u)
    const found = this.hosts.flatMap(({ Y, reactive }, m) => {
      const p = reactive.find((at) => Math.min(u[Y * n + at], 1 - u[Y * n + at]) < SATED)
      return p === undefined ? [] : [{ p, filling: u[Y * n + p], mean: means[m] }]
    })
    const [sated] = found
    if (!sated) return undefined
    return {
      message: t(
        'particles of this size do not fill through: the surface {place} has come to a filling of {filling}, while the mean is {mean}',
        { place: place(sated.p), filling: sated.filling.toPrecision(3), mean: sated.mean.toPrecision(3) },
      ),
      advice: [t('take more, smaller cells'), t('a smaller current'), t('a larger diffusivity D_s in the solid')],
    }
  }

  override fillings(u: Float64Array): number[] {
    const { kindOf, nodes: n } = this
    const [sums, volumes] = [this.setting.cathode.kinds.map(() => 0), this.setting.cathode.kinds.map(() => 0)]
    this.hosts.forEach(({ Y, active }, m) => {
      for (let p = 0; p < n; p++) {
        sums[kindOf[m][p]] += active[p] * u[Y * n + p]
        volumes[kindOf[m][p]] += active[p]
      }
    })
    return sums.map((sum, k) => sum / volumes[k])
  }

  sample(_t: number, u: Float64Array): Float32Array[] {
    this.sampler ??= new ResolvedSampler(this, this.tiling, this.wired, this.fields)
    return this.sampler.sample(u)
  }

  /** Largest deviation of a balance of ions or electrons at a node, over the current that reacts. */
  protected continuity(u: Float64Array): number {
    const f = new Float64Array(this.size)
    this.residual(0, u, f)
    let worst = 0
    for (let k = PHI * this.nodes; k < (PSI + 1) * this.nodes; k++) worst = Math.max(worst, Math.abs(f[k]))
    const flow = this.turnover(u)
    return flow > 0 ? worst / flow : 0
  }
}

/** C/m². */
function capacityOf(setting: CathodeSetting, { materials }: CathodeTiling): number {
  const own = materialsOf(setting)
  return materials.reduce((sum, { active }, m) => {
    const material = active.reduce((a, b) => a + b, 0)
    return sum + FARADAY * own[m].sites * material
  }, 0)
}
