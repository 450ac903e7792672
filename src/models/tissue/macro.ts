/**
 * The homogenized tissue of a scenario: effective coefficients, the net of the box, membrane, forcing, initial
 * state. Xiao et al. 2023, eqs. (25)-(26) and (47)-(48), as corrected.
 */

import type { CellResult } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import { InputError } from '../../parameter.ts'
import { entry } from '../entries.ts'
import type { Validity } from '../family.ts'
import { Drive, type MembraneMap } from './drive.ts'
import { effectiveTissue, pointsOf } from './effective.ts'
import type { TissueSetting } from './equations.ts'
import { experiments } from './experiments.ts'
import type { TissueInput } from './input.ts'
import { GATE, K_E, K_I, NA_E, NA_I, slotsOf, V, widthOf } from './layout.ts'
import { Membrane, type Reference } from './membrane.ts'
import { TissueModel } from './model.ts'
import { boxNet, type EffectiveTissue, kindsIn, radialNet, type TissueNet } from './net.ts'
import { membraneParameters, nominal } from './parameters.ts'
import { impermeant, type Nominal, type RestState, restState } from './rest.ts'
import { type Profile, uniform, waves } from './start.ts'
import { tissueValidity } from './validity.ts'

/** The homogenized tissue, which knows the tensors of its cell and how far they may be trusted. */
export class HomogenizedTissue extends TissueModel {
  readonly tissue: EffectiveTissue

  constructor(
    setting: TissueSetting,
    tissue: EffectiveTissue,
    description: ConstructorParameters<typeof TissueModel>[1],
  ) {
    super(setting, description)
    this.tissue = tissue
  }

  validity(u: Float64Array, span: number, period: number): Validity {
    return tissueValidity(this, u, span, period)
  }
}

/**
 * The homogenized model of a scenario.
 * @throws InputError when the extracellular phase is cut off, a phase is missing, or no resting state exists
 */
export function macroModel(input: TissueInput, cell: CellResult): HomogenizedTissue {
  const { tissue, modelClass, pieces, problems, notices } = effectiveTissue(input, cell)
  if (problems.length > 0) throw new InputError(problems)
  const v = input.parameters
  const net = v.geometry === 'radial' ? radialNet(input.macro, tissue) : boxNet(input.macro, tissue)
  const fractionI = kindsIn(tissue).reduce((sum, kind) => sum + kind.fractionI, 0)
  const { setting } = settle(input, net, { fractionI, fractionE: tissue.fractionE })
  return new HomogenizedTissue(setting, tissue, {
    modelClass,
    macro: input.macro,
    notices,
    kinds: pieces && pointsOf(cell, pieces),
  })
}

/**
 * Membrane, forcing and initial state of a scenario on a given net.
 * @param evaluate initial value of field k (of the first kind of cells) at node p; by default the profile at its position
 */
export function settle(
  input: TissueInput,
  net: TissueNet,
  tissue: { fractionI: number; fractionE: number },
  evaluate: (profile: Profile, k: number, p: number) => number = (profile, k, p) =>
    profile.value(k, net.position.subarray(3 * p, 3 * p + 3)),
): { setting: TissueSetting } {
  const v = input.parameters
  const given = nominal(v)
  const fractions = { inside: tissue.fractionI, outside: tissue.fractionE }
  const ohmic = new Membrane(membraneParameters(v))
  // Computed once, and only where something asks for it.
  let known: RestState | undefined
  const rest = (): RestState => {
    known ??= restState(ohmic, fractions, given)
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
  const membrane = v.ghk ? new Membrane(membraneParameters(v), reference(rest(), given)) : ohmic
  const values =
    v.start === 'rest'
      ? restValues(rest())
      : [...given.inside.slice(0, 2), v.V0, ...given.outside.slice(0, 2), 0, membrane.steadyGate(v.V0)]
  const profile = v.start === 'waves' ? waves(values, input.macro) : uniform(values)
  const { name, values: chosen } = input.experiment
  const { bath, electrode } = entry(experiments, name).effect(chosen)
  const drive = new Drive(net, membrane, {
    stimuli: input.stimuli,
    electrode,
    bath,
    map: membraneMap(input, net, membrane),
  })
  const nodes = net.nodes
  const gates = membrane.parameters.gates !== undefined
  const kinds = 1 + net.others.length
  const initial = new Float64Array(widthOf(kinds, gates) * nodes)
  for (let k = 0; k < widthOf(1, gates); k++)
    for (let p = 0; p < nodes; p++) initial[k * nodes + p] = evaluate(profile, k, p)
  for (let kind = 1; kind < kinds; kind++) {
    const { na, k, v, gate } = slotsOf(kind, gates)
    const same = (from: number, to: number) => initial.copyWithin(to * nodes, from * nodes, (from + 1) * nodes)
    same(NA_I, na)
    same(K_I, k)
    same(V, v)
    if (gates) same(GATE, gate)
  }
  if (bath)
    for (const p of drive.bathNodes) {
      initial[NA_E * nodes + p] = bath.sodium
      initial[K_E * nodes + p] = bath.potassium
    }
  if (v.start === 'waves') {
    refuseNegative('Cl_I', v.Cl_I, impermeant(given.inside), net.volumeI, [NA_I, K_I], initial)
    refuseNegative('Cl_E', v.Cl_E, impermeant(given.outside), net.volumeE, [NA_E, K_E], initial)
  }
  return {
    setting: {
      net,
      membrane,
      drive,
      diffusivity: [v.D_Na, v.D_K, v.D_Cl],
      fixedI: impermeant(given.inside),
      fixedE: impermeant(given.outside),
      initial,
    },
  }
}

/** Chloride balances the waves of the cations, and may be too little for their troughs. */
function refuseNegative(
  name: 'Cl_I' | 'Cl_E',
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
        'got {got} mM, which the waves of the start take down to {least} mM beside their cations; take more than {enough} mM, less Na and K, or another start',
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
