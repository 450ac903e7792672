/**
 * Currents through the membrane at the nodes of a frame, by the law that the solver has (membrane.ts), stimuli included: they
 * act at the time of the frame.
 */
import type { Stimulus } from '../family.ts'
import type { At, Law } from '../law.ts'
import { actsAt, effectOf } from './drive.ts'
import { Membrane, type MembraneParameters, type Modulation, type Reference } from './membrane.ts'
import { MembraneCurrents } from './membraneCurrents.ts'
import type { Forcing } from './stimuli.ts'

/** What the law is given of one kind of cells. */
export interface MembraneGiven {
  parameters: MembraneParameters
  /** With Goldman-Hodgkin-Katz currents. */
  reference?: Reference
  /** Before stimuli: one for all nodes, or one a node. */
  base: readonly Modulation[]
  stimuli: readonly Stimulus[]
  /** Names of the fields of Na, K and Cl inside and outside, of V, and of h where there are gates. */
  fields: readonly string[]
}

/** What crosses, A/m² of membrane, outward positive: ions through their channels, and with the pump in all. */
const CURRENTS: Readonly<Record<string, (m: MembraneCurrents) => number>> = {
  Na: (m) => m.sodium - 3 * m.pump,
  K: (m) => m.potassium + 2 * m.pump,
  Cl: (m) => m.chloride,
  pump: (m) => m.pump,
  total: (m) => m.total,
}

const membrane: Law = (given, which, at) => {
  const { parameters, reference, base, stimuli, fields } = given as MembraneGiven
  const law = new Membrane(parameters, reference)
  const [sI, kI, cI, sE, kE, cE, v, h] = fields.map(at.values)
  if (!(sI && kI && cI && sE && kE && cE && v)) return undefined
  const modulate = modulated(base, stimuli, at)
  const currents = new MembraneCurrents()
  const read = CURRENTS[which]
  return (p) => {
    law.evaluate(sI[p], kI[p], cI[p], sE[p], kE[p], cE[p], v[p], h?.[p] ?? 0, modulate(p), currents)
    return read(currents)
  }
}

export const laws: Readonly<Record<string, Law>> = { membrane }

/** The membrane at a node at the time of a frame. */
function modulated(
  base: readonly Modulation[],
  stimuli: readonly Stimulus[],
  { macro: { dimension, nodes, size }, t }: At,
): (node: number) => Modulation {
  const effects = stimuli.filter((stimulus) => actsAt(stimulus, t)).map(effectOf)
  const before = (p: number) => (base.length > 1 ? base[p] : base[0])
  if (effects.length === 0) return before
  const spacing = size.slice(0, dimension).map((side, k) => side / (nodes[k] - 1))
  const place = { position: new Float64Array(3), width: Math.max(...spacing) }
  const one = () => new Float64Array(1)
  const forcing: Forcing = {
    sodium: one(),
    potassium: one(),
    chloride: one(),
    pump: one(),
    conductanceNa: one(),
    conductanceK: one(),
    conductanceCl: one(),
  }
  return (p) => {
    let rest = p
    spacing.forEach((h, k) => {
      place.position[k] = (rest % nodes[k]) * h
      rest = Math.floor(rest / nodes[k])
    })
    const own = before(p)
    forcing.pump[0] = own.pump
    forcing.conductanceNa[0] = own.sodium
    forcing.conductanceK[0] = own.potassium
    forcing.conductanceCl[0] = own.chloride
    for (const act of effects) act(forcing, place, 0, 0)
    return {
      pump: forcing.pump[0],
      sodium: forcing.conductanceNa[0],
      potassium: forcing.conductanceK[0],
      chloride: forcing.conductanceCl[0],
    }
  }
}
