/**
 * What drives a tissue from outside, evaluated on its nodes: sources, modulations of the membrane, electrodes, baths.
 * Windows are frozen inside a time step (`enter`), so that every stage of a step sees the same forcing.
 */
import { present } from '../../present.ts'
import { entry } from '../entries.ts'
import type { Stimulus } from '../family.ts'
import type { Membrane, Modulation } from './membrane.ts'
import type { TissueNet } from './net.ts'
import { type Forcing, stimuli } from './stimuli.ts'

/** Current through the extracellular space from the left side to the right side, A/m² of tissue cross-section. */
export interface Electrode {
  density: number
  start: number
  end: number
  /** `bridge`: all ions carry their transport number; `silver`: chloride alone (Ag/AgCl). */
  kind: 'bridge' | 'silver'
}

/** Extracellular concentrations held at the boundary, mol/m³; the potential is zero there. */
export interface Bath {
  sides: readonly ('left' | 'right')[]
  sodium: number
  potassium: number
}

/** Uniform or layered membrane properties per node (before stimuli). */
export type MembraneMap = (node: number) => Modulation

/** How stimuli and heterogeneity change the membranes of one sort of cells, per node. */
export type MembraneForcing = Pick<Forcing, 'pump' | 'conductanceNa' | 'conductanceK' | 'conductanceCl'>

export class Drive implements Forcing {
  readonly breakpoints: number[]
  readonly bathNodes: Int32Array
  readonly bath: Bath | undefined
  /** Sources in the extracellular space during the present step, mol/s per node. */
  readonly sodium: Float64Array
  readonly potassium: Float64Array
  readonly chloride: Float64Array
  /** Membrane modulation per node during the present step. */
  readonly pump: Float64Array
  readonly conductanceNa: Float64Array
  readonly conductanceK: Float64Array
  readonly conductanceCl: Float64Array
  /** The same of glia. */
  readonly glia: MembraneForcing
  /** Electrode current during the present step, A/m². */
  current = 0
  readonly electrode: Electrode | undefined
  readonly stimuli: readonly Stimulus[]
  private readonly net: TissueNet
  private readonly base: MembraneMap
  private readonly varied: boolean
  private readonly gliaBase: Modulation | undefined
  /** What a stimulus would bring twice if it acted on glia as it does on the other cells. */
  private readonly spent: Pick<Forcing, 'sodium' | 'potassium' | 'chloride'>
  private entered = Number.NaN

  constructor(
    net: TissueNet,
    membrane: Membrane,
    options: {
      stimuli: readonly Stimulus[]
      electrode?: Electrode
      bath?: Bath
      map?: MembraneMap
      glia?: Membrane
    },
  ) {
    const n = net.nodes
    this.net = net
    this.stimuli = options.stimuli
    this.electrode = options.electrode
    this.bath = options.bath
    const uniform = membrane.unmodulated()
    this.base = options.map ?? (() => uniform)
    this.varied = options.map !== undefined
    this.sodium = new Float64Array(n)
    this.potassium = new Float64Array(n)
    this.chloride = new Float64Array(n)
    this.pump = new Float64Array(n)
    this.conductanceNa = new Float64Array(n)
    this.conductanceK = new Float64Array(n)
    this.conductanceCl = new Float64Array(n)
    this.gliaBase = options.glia?.unmodulated()
    const ofGlia = () => new Float64Array(this.gliaBase ? n : 0)
    this.glia = { pump: ofGlia(), conductanceNa: ofGlia(), conductanceK: ofGlia(), conductanceCl: ofGlia() }
    this.spent = { sodium: ofGlia(), potassium: ofGlia(), chloride: ofGlia() }
    const times = this.stimuli.flatMap((s) => [s.start, s.end])
    if (this.electrode) times.push(this.electrode.start, this.electrode.end)
    this.breakpoints = [...new Set(times.filter((t) => Number.isFinite(t) && t > 0))].sort((a, b) => a - b)
    this.bathNodes = Int32Array.from((this.bath?.sides ?? []).flatMap((s) => [...net[s].node]))
    this.enter(0, 0)
  }

  /** The membranes of the cells, or of glia, before stimuli: one for all nodes where they are alike, else one a node. */
  unstimulated(glia: boolean): readonly Modulation[] {
    if (glia) return [present(this.gliaBase, 'the membrane of glia')]
    return this.varied ? Array.from({ length: this.net.nodes }, (_, p) => ({ ...this.base(p) })) : [this.base(0)]
  }

  /** A stimulus has begun by the time t [s]: what it left may still be the cause of what happens. */
  disturbed(t: number): boolean {
    return this.stimuli.some(({ start }) => start <= t)
  }

  /** Freezes the forcing of the interval [t0, t1], which contains no breakpoint in its interior. */
  enter(t0: number, t1: number): void {
    const middle = (t0 + t1) / 2
    if (middle === this.entered) return
    this.entered = middle
    const { net, sodium, potassium, chloride, pump, conductanceNa, conductanceK, conductanceCl } = this
    sodium.fill(0)
    potassium.fill(0)
    chloride.fill(0)
    for (let p = 0; p < net.nodes; p++) {
      const m = this.base(p)
      pump[p] = m.pump
      conductanceNa[p] = m.sodium
      conductanceK[p] = m.potassium
      conductanceCl[p] = m.chloride
    }
    if (this.gliaBase) {
      this.glia.pump.fill(this.gliaBase.pump)
      this.glia.conductanceNa.fill(this.gliaBase.sodium)
      this.glia.conductanceK.fill(this.gliaBase.potassium)
      this.glia.conductanceCl.fill(this.gliaBase.chloride)
    }
    const glia: Forcing | undefined = this.gliaBase && { ...this.spent, ...this.glia }
    for (const stimulus of this.stimuli) {
      if (!actsAt(stimulus, middle)) continue
      const act = effectOf(stimulus)
      for (let p = 0; p < net.nodes; p++) {
        act(this, net, p, net.volumeE[p])
        if (glia) act(glia, net, p, 0)
      }
    }
    this.current = this.electrode && actsAt(this.electrode, middle) ? this.electrode.density : 0
  }
}

/** Whether what has a beginning and an end acts at the time t [s]. */
export function actsAt({ start, end }: { start: number; end: number }, t: number): boolean {
  return start <= t && t < end
}

/** Positions of nodes (component c of node p at [3p + c]) and the width of their mesh, m. */
export type Places = Pick<TissueNet, 'position' | 'width'>

/** What a stimulus does while it acts: at node p of a forcing, whose extracellular volume [m³] takes its part of a source. */
export function effectOf(
  stimulus: Stimulus,
): (forcing: Forcing, { position, width }: Places, p: number, volume: number) => void {
  const { amount, start, end } = stimulus
  const kind = entry(stimuli, stimulus.kind)
  const rate = amount / (end - start)
  return (forcing, { position, width }, p, volume) => {
    const s = shape(stimulus, position, width, p)
    if (s !== 0) kind.act(forcing, p, amount * s, rate * s * volume)
  }
}

/** Spatial profile of a stimulus at node p, between 0 and 1. */
function shape(stimulus: Stimulus, position: Float64Array, width: number, p: number): number {
  const { region } = stimulus
  if (region.shape === 'everywhere') return 1
  let r2 = 0
  for (let k = 0; k < region.center.length; k++) r2 += (position[3 * p + k] - region.center[k]) ** 2
  // A ball's edge is spread over one mesh width: to first order the share of the control volume inside.
  if (region.shape === 'ball') return Math.min(1, Math.max(0, (region.radius - Math.sqrt(r2)) / width + 0.5))
  const q = r2 / (region.radius * region.radius)
  return q < 40 ? Math.exp(-q) : 0
}
