/** Membranes, forcing and initial state of a tissue: what the homogenized and the resolved one have in common. */

import { t } from '../../language/language.ts'
import { InputError } from '../../parameter.ts'
import { present } from '../../present.ts'
import { entry } from '../entries.ts'
import { refuseNotPositive } from '../profile.ts'
import { Drive, type MembraneMap } from './drive.ts'
import type { TissueSetting } from './equations.ts'
import { experiments } from './experiments.ts'
import type { TissueInput } from './input.ts'
import { GATE, inSlots, K_E, K_I, NA_E, NA_I, slotsOf, V, widthOf } from './layout.ts'
import { Membrane, type Reference } from './membrane.ts'
import type { TissueNet } from './net.ts'
import { gliaMembrane, gliaNominal, membraneParameters, nominal } from './parameters.ts'
import { commonRest, impermeant, type Nominal, type RestState } from './rest.ts'
import { asWritten, type Profile, uniform, waves } from './start.ts'

/** Parts of the unit cell: inside the cells, outside, and in glia. */
export interface Fractions {
  fractionI: number
  fractionE: number
  fractionG?: number
}

/**
 * Membranes, forcing and initial state of a scenario on a given net.
 * @param evaluate initial value of field k at node p for a kind of cells, k counted as for the first one; by default the
 *   profile at the node's position
 */
export function settle(
  input: TissueInput,
  net: TissueNet,
  { fractionI, fractionE, fractionG = 0 }: Fractions,
  evaluate: (profile: Profile, k: number, p: number, kind: number) => number = (profile, k, p) =>
    profile.value(k, net.position.subarray(3 * p, 3 * p + 3)),
): { setting: TissueSetting } {
  const v = input.parameters
  const given = nominal(v)
  const rest = resting(input, { fractionI, fractionE, fractionG })
  const membrane = v.ghk
    ? new Membrane(membraneParameters(v), reference(rest()[0], given))
    : new Membrane(membraneParameters(v))
  const ownGlia = gliaNominal(v)
  const gliaLaw = gliaMembrane(v)
  const glia =
    fractionG > 0
      ? {
          membrane: v.ghk ? new Membrane(gliaLaw, reference(rest()[1], ownGlia)) : new Membrane(gliaLaw),
          fixed: impermeant(ownGlia.inside),
        }
      : undefined
  const start = (of: Membrane, { inside, outside }: Nominal, sort: number) =>
    v.start === 'rest'
      ? restValues(rest()[sort])
      : [...inside.slice(0, 2), v.V0, ...outside.slice(0, 2), 0, of.steadyGate(v.V0)]
  const shaped = (of: Membrane, own: Nominal, sort: number) => {
    const values = start(of, own, sort)
    if (v.start === 'written') return withGates(asWritten(values, textsOf(v), input.macro), of)
    return v.start === 'waves' ? waves(values, input.macro) : uniform(values)
  }
  const profiles = [shaped(membrane, given, 0), ...(glia ? [shaped(glia.membrane, ownGlia, 1)] : [])]
  const { name, values: chosen } = input.experiment
  const { bath, electrode } = entry(experiments, name).effect(chosen)
  const map = membraneMap(input, net, membrane)
  const drive = new Drive(net, membrane, { stimuli: input.stimuli, electrode, bath, map, glia: glia?.membrane })
  const gates = membrane.parameters.gates !== undefined
  const { nodes } = net
  const initial = new Float64Array(widthOf(1 + net.others.length, gates) * nodes)
  const fill = (slot: number, k: number, kind: number) => {
    const profile = present(profiles[kind > 0 && net.others[kind - 1].glia ? 1 : 0], 'a profile')
    for (let p = 0; p < nodes; p++) initial[slot * nodes + p] = evaluate(profile, k, p, kind)
  }
  for (let k = 0; k < widthOf(1, gates); k++) fill(k, k, 0)
  for (let kind = 1; kind <= net.others.length; kind++)
    for (const k of [NA_I, K_I, V, ...(gates ? [GATE] : [])]) fill(inSlots(slotsOf(kind, gates), k), k, kind)
  if (bath)
    for (const p of drive.bathNodes) {
      initial[NA_E * nodes + p] = bath.sodium
      initial[K_E * nodes + p] = bath.potassium
    }
  if (v.start === 'waves' || v.start === 'written') {
    if (v.start === 'written') refuseWritten(initial, net)
    refuseNegative('Cl_I', v.Cl_I, impermeant(given.inside), net.volumeI, [NA_I, K_I], initial)
    refuseNegative('Cl_E', v.Cl_E, impermeant(given.outside), net.volumeE, [NA_E, K_E], initial)
    net.others.forEach((cells, k) => {
      const { na, k: potassium } = slotsOf(k + 1, gates)
      if (glia && cells.glia) refuseNegative('glia_Cl', v.glia_Cl, glia.fixed, cells.volume, [na, potassium], initial)
    })
  }
  return {
    setting: {
      net,
      membrane,
      drive,
      diffusivity: [v.D_Na, v.D_K, v.D_Cl],
      fixedI: impermeant(given.inside),
      fixedE: impermeant(given.outside),
      ...(glia ? { glia } : {}),
      initial,
    },
  }
}

/** The resting states of the cells and of glia, computed once, and only where something asks for them. */
function resting(
  { parameters: v }: TissueInput,
  { fractionI, fractionE, fractionG }: Required<Fractions>,
): () => RestState[] {
  let known: RestState[] | undefined
  return () => {
    const cells = { membrane: new Membrane(membraneParameters(v)), fraction: fractionI, nominal: nominal(v) }
    const glia = { membrane: new Membrane(gliaMembrane(v)), fraction: fractionG, nominal: gliaNominal(v) }
    known ??= commonRest(fractionG > 0 ? [cells, glia] : [cells], {
      fraction: fractionE,
      nominal: cells.nominal.outside,
    })
    if (known) return known
    throw new InputError([
      {
        path: 'parameters',
        message:
          v.start === 'rest'
            ? t(
                'no resting state exists for these conductances, pump and concentrations; restore the pump or a conductance, or set parameters.start to "nominal"',
              )
            : t(
                'Goldman-Hodgkin-Katz currents are matched in the resting state, and none exists for these conductances, pump and concentrations; restore the pump or a conductance, or set parameters.ghk to false',
              ),
      },
    ])
  }
}

/** Gates that stand still at the potential of their place, as they do at one that is given for all. */
function withGates({ value, gradient }: Profile, membrane: Membrane): Profile {
  return { value: (k, x) => (k === GATE ? membrane.steadyGate(value(V, x)) : value(k, x)), gradient }
}

/** What may be written of a start: its field, where it is, and its unit, SI. */
const WRITTEN = [
  { name: 'start_K_E', k: K_E, side: 'volumeE', unit: 1 },
  { name: 'start_Na_E', k: NA_E, side: 'volumeE', unit: 1 },
  { name: 'start_K_I', k: K_I, side: 'volumeI', unit: 1 },
  { name: 'start_Na_I', k: NA_I, side: 'volumeI', unit: 1 },
  { name: 'start_V', k: V, side: undefined, unit: 1e-3 },
] as const

/** What is written of a start, by field. */
function textsOf(v: TissueInput['parameters']) {
  return WRITTEN.map(({ name, k, unit }) => ({ k, text: v[name], path: `parameters.${name}`, unit }))
}

/** Concentrations as written must be above nothing wherever their side is. */
function refuseWritten(initial: Float64Array, net: TissueNet): void {
  for (const { name, k, side } of WRITTEN) {
    if (!side) continue
    let least = Number.POSITIVE_INFINITY
    for (let p = 0; p < net.nodes; p++) if (net[side][p] > 0) least = Math.min(least, initial[k * net.nodes + p])
    refuseNotPositive(least, `parameters.${name}`)
  }
}

/** Chloride balances the waves of the cations, and may be too little for their troughs. */
function refuseNegative(
  name: 'Cl_I' | 'Cl_E' | 'glia_Cl',
  value: number,
  fixed: number,
  volume: Float64Array,
  [na, k]: readonly [number, number],
  initial: Float64Array,
): void {
  const n = volume.length
  let least = Number.POSITIVE_INFINITY
  for (let p = 0; p < n; p++)
    if (volume[p] > 0) least = Math.min(least, initial[na * n + p] + initial[k * n + p] + fixed)
  if (least > 0) return
  const enough = (value - least).toPrecision(3)
  throw new InputError([
    {
      path: `parameters.${name}`,
      message: t(
        'got {got} mM, which the start takes down to {least} mM beside its cations; take more than {enough} mM, less Na and K, or another start',
        { got: value, least: least.toPrecision(3), enough },
      ),
    },
  ])
}

/** In the order of the layout. */
function restValues(rest: RestState): number[] {
  return [rest.sodiumI, rest.potassiumI, rest.v, rest.sodiumE, rest.potassiumE, 0, rest.gate]
}

function reference(rest: RestState, given: Nominal): Reference {
  return {
    sodium: [rest.sodiumI, rest.sodiumE],
    potassium: [rest.potassiumI, rest.potassiumE],
    chloride: [
      rest.sodiumI + rest.potassiumI + impermeant(given.inside),
      rest.sodiumE + rest.potassiumE + impermeant(given.outside),
    ],
    v: rest.v,
  }
}

/**
 * Core and shell blended by the share of each node's control volume that lies in the outer shell, so that the
 * membrane of the shell has its full area on every mesh.
 */
function membraneMap(input: TissueInput, net: TissueNet, membrane: Membrane): MembraneMap | undefined {
  const shell = input.parameters.shell
  if (shell === 0) return undefined
  const outer = membrane.unmodulated()
  const core = {
    potassium: input.parameters.core_G_K,
    pump: input.parameters.core_pump,
  }
  const size = input.macro.size[0]
  const border = size - shell
  const power = input.parameters.geometry === 'radial' ? 3 : 1
  const x = (p: number) => net.position[3 * p]
  return (p) => {
    const lower = p === 0 ? 0 : (x(p - 1) + x(p)) / 2
    const upper = p === net.nodes - 1 ? size : (x(p) + x(p + 1)) / 2
    const inner = Math.min(Math.max(border, lower), upper)
    const share = (upper ** power - inner ** power) / (upper ** power - lower ** power)
    return {
      ...outer,
      potassium: share * outer.potassium + (1 - share) * core.potassium,
      pump: share * outer.pump + (1 - share) * core.pump,
    }
  }
}
