/**
 * The homogenized tissue of a scenario: effective coefficients, compartments of the box, membrane, forcing, initial
 * state. Xiao et al. 2023, eqs. (25)-(26) and (47)-(48), as corrected.
 */
import type { CellResult } from '../../cell/cell.ts'
import { InputError } from '../../parameter.ts'
import type { FamilyInput, Notice } from '../family.ts'
import { boxCompartments, type Compartments, radialCompartments } from './compartments.ts'
import { type Bath, Drive, type Electrode, type MembraneMap } from './drive.ts'
import { effectiveTissue } from './effective.ts'
import type { TissueSetting } from './equations.ts'
import { K_E, NA_E } from './layout.ts'
import { Membrane, type Reference } from './membrane.ts'
import { TissueModel } from './model.ts'
import { membraneParameters, nominal } from './parameters.ts'
import { impermeant, type Nominal, type RestState, restState } from './rest.ts'
import { type Profile, uniform, waves } from './start.ts'

/**
 * The homogenized model of a scenario.
 * @throws InputError when the extracellular phase is cut off, a phase is missing, or no resting state exists
 */
export function macroModel(input: FamilyInput, cell: CellResult): TissueModel {
  const { tissue, modelClass, problems } = effectiveTissue(input, cell)
  if (problems.length > 0) throw new InputError(problems)
  const v = input.parameters
  const place = v.geometry === 'radial' ? radialCompartments(input.macro, tissue) : boxCompartments(input.macro, tissue)
  const { setting, notices } = settle(input, place, tissue)
  return new TissueModel(setting, { modelClass, macro: input.macro, notices })
}

/**
 * Membrane, forcing and initial state of a scenario on given compartments.
 * @param evaluate initial value of field k at node p; by default the profile at the node's position
 */
export function settle(
  input: FamilyInput,
  place: Compartments,
  tissue: { fractionI: number; fractionE: number },
  evaluate: (profile: Profile, k: number, p: number) => number = (profile, k, p) =>
    profile.value(k, place.position.subarray(3 * p, 3 * p + 3)),
): { setting: TissueSetting; notices: Notice[] } {
  const v = input.parameters
  const n = (name: string) => v[name] as number
  const given = nominal(v)
  const notices: Notice[] = []
  const fractions = { inside: tissue.fractionI, outside: tissue.fractionE }
  const ohmic = new Membrane(membraneParameters(v))
  const rest = v.start === 'rest' || v.ghk === true ? restState(ohmic, fractions, given) : undefined
  if (!rest && (v.start === 'rest' || v.ghk === true))
    throw new InputError([
      {
        path: 'parameters',
        message:
          'no resting state exists for these conductances, pump and concentrations; restore the pump or a conductance, or set parameters.start to "nominal"',
      },
    ])
  const membrane = v.ghk === true ? new Membrane(membraneParameters(v), reference(rest!, given)) : ohmic
  const values =
    v.start === 'rest'
      ? [rest!.sodiumI, rest!.potassiumI, rest!.v, rest!.sodiumE, rest!.potassiumE, 0, rest!.gate]
      : [...given.inside.slice(0, 2), n('V0'), ...given.outside.slice(0, 2), 0, membrane.steadyGate(n('V0'))]
  const profile = v.start === 'waves' ? waves(values, input.macro) : uniform(values)
  const bath = bathOf(input)
  const drive = new Drive(place, membrane, {
    stimuli: input.stimuli,
    electrode: electrodeOf(input),
    bath,
    map: membraneMap(input, place, membrane),
  })
  const nodes = place.nodes
  const width = membrane.parameters.gates ? 7 : 6
  const initial = new Float64Array(width * nodes)
  for (let k = 0; k < width; k++) for (let p = 0; p < nodes; p++) initial[k * nodes + p] = evaluate(profile, k, p)
  for (const p of drive.bathNodes) {
    initial[NA_E * nodes + p] = bath!.sodium
    initial[K_E * nodes + p] = bath!.potassium
  }
  return {
    setting: {
      place,
      membrane,
      drive,
      diffusivity: [n('D_Na'), n('D_K'), n('D_Cl')],
      fixedI: impermeant(given.inside),
      fixedE: impermeant(given.outside),
      initial,
    },
    notices,
  }
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

function bathOf(input: FamilyInput): Bath | undefined {
  const { name, values } = input.experiment
  if (name !== 'bath') return undefined
  return {
    sides: values.sides === 'both' ? ['left', 'right'] : [values.sides as 'left' | 'right'],
    sodium: values.bath_Na as number,
    potassium: values.bath_K as number,
  }
}

function electrodeOf(input: FamilyInput): Electrode | undefined {
  const { name, values } = input.experiment
  if (name !== 'current') return undefined
  return {
    density: values.density as number,
    start: values.on as number,
    end: values.off as number,
    kind: values.electrode as 'bridge' | 'silver',
  }
}

function membraneMap(input: FamilyInput, place: Compartments, membrane: Membrane): MembraneMap | undefined {
  const shell = input.parameters.shell as number
  if (shell === 0) return undefined
  const outer = membrane.unmodulated()
  const core = {
    ...outer,
    potassium: input.parameters.core_G_K as number,
    pump: input.parameters.core_pump as number,
  }
  const border = input.macro.size[0] - shell
  return (p) => (place.position[3 * p] > border * (1 + 1e-12) ? outer : core)
}
