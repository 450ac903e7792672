/**
 * The homogenized porous electrolyte of a scenario (Schmuck 2013, eqs. (25), (67), as corrected):
 *
 *   p dc_r/dt = -div J_r,  J_r = -d_r ( Dc grad c_r + z_r c_r Df f grad phi ),  -div(eps0 grad phi) = F (p sum z c + rho)
 */

import type { CellResult } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import { InputError } from '../../parameter.ts'
import { FARADAY, inverseThermalVoltage } from '../constants.ts'
import { entry } from '../entries.ts'
import type { Derived, Notice, Validity } from '../family.ts'
import { seamNotice, tableNotice, varies } from '../graded.ts'
import { inWords, MILLIMOLAR, NANOMETRE, type ReducedUnits } from '../reduced.ts'
import { porousDerived } from './derived.ts'
import { effectivePorous, mediumAlong, porousTensors } from './effective.ts'
import { isFloating, type PorousSetting, type Species } from './equations.ts'
import { atVolts, experiments, reservoirOf, tiltOf, voltsOf } from './experiments.ts'
import { gradedFaces } from './grading.ts'
import { ions, type PorousInput } from './input.ts'
import { PorousModel } from './model.ts'
import { boxNet, type PorousNet, periodicNet } from './net.ts'
import { contrastOf } from './parameters.ts'
import { reducedUnits } from './reduced.ts'
import { startOf, strongest } from './start.ts'
import { SteadyError, steadyState } from './steady.ts'
import { porousValidity } from './validity.ts'

/** Permittivity of the vacuum, F/m (CODATA 2018). */
const VACUUM = 8.8541878128e-12

/** The homogenized medium, which knows how far it may be trusted. */
export class HomogenizedPorous extends PorousModel {
  /** Pore fraction, and effective permittivity along x [F/m], at a place, a fraction of the length. */
  readonly medium: (place: number) => { pore: number; permittivity: number }
  private readonly derive: () => readonly Derived[]

  constructor(
    setting: PorousSetting,
    medium: HomogenizedPorous['medium'],
    derive: () => readonly Derived[],
    description: ConstructorParameters<typeof PorousModel>[1],
  ) {
    super(setting, description)
    this.medium = medium
    this.derive = derive
  }

  /** Made when a run tells what its model is; sweeps make models by the dozen that nobody asks. */
  get derived(): readonly Derived[] {
    return this.derive()
  }

  validity(u: Float64Array, _span: number, period: number): Validity {
    return porousValidity(this, u, period)
  }
}

/**
 * @throws InputError when the closure or the cell admits no model
 */
export function macroModel(asked: PorousInput, cell: CellResult): HomogenizedPorous {
  const { input, clamped } = withinDiluteLimit(asked)
  const { table } = cell
  const { tensors: own, problems, notices } = effectivePorous(input, cell)
  if (problems.length > 0) throw new InputError(problems)
  const { macro } = input
  const along = table && mediumAlong(input, table)
  const tensors = along ? along.at(0.5) : own
  const units = reducedUnits(input.parameters, macro)
  const permittivity = fluidPermittivity(input)
  const layer = Math.sqrt(
    (permittivity * tensors.permittivity[0][0]) / (2 * tensors.pore * FARADAY * thermal(input) * strength(input)),
  )
  const told: Notice[] = [
    ...(table && along ? [tableNotice(table, along.error)] : []),
    ...notices,
    ...clamped,
    ...warnings(input, clamped.length > 0, units),
  ]
  const length = macro.size[0]
  // In powers of two, so that a moving slider seldom changes the mesh.
  const first = 2 ** Math.floor(Math.log2((layer * Math.exp(-steepness(input) / 4)) / 4 / length))
  const spacing = length / (macro.nodes[0] - 1)
  let faces: Float64Array | undefined
  if (input.experiment.name === 'periodic') faces = undefined
  else if (spacing > first * length && (macro.dimension === 1 || thinLayers(macro, spacing, layer)))
    faces = gradedFaces(macro.nodes[0], first)
  else if (spacing > 2 * layer)
    told.push({
      level: 'info',
      message: t(
        'The mesh width ({spacing}) exceeds the Debye layer ({layer}): layers at the electrodes are not resolved.',
        { spacing: inWords(spacing, NANOMETRE, units), layer: inWords(layer, NANOMETRE, units) },
      ),
      advice: [t('take more nodes'), t('use one dimension or two, where the mesh is refined at both ends')],
    })
  const periodic = input.experiment.name === 'periodic'
  const seam = periodic && table && seamNotice(table)
  if (seam) told.push(seam)
  const net = periodic ? periodicNet(macro, along?.at ?? tensors) : boxNet(macro, along?.at ?? tensors, faces)
  const { setting, notices: started } = porousSetting(input, net, permittivity)
  told.push(...started)
  // Of a start that is written its own notice tells, with what the ions carry.
  const { fixed_charge, start } = input.parameters
  if (isFloating(setting) && fixed_charge !== 0 && start !== 'written')
    told.push({
      level: 'info',
      message: t(
        'No side holds the potential, so it exists only for a neutral film: the mean charge of the walls is projected out.',
      ),
      advice: [t('set the charge of the walls to zero'), t('use reservoirs or electrodes')],
    })
  const medium = (place: number) => {
    const there = along?.at(place) ?? tensors
    return { pore: there.pore, permittivity: permittivity * there.permittivity[0][0] }
  }
  // On a mesh with nodes denser at the electrodes pictures have fewer than a flow needs to be told from.
  const derive = () =>
    faces
      ? []
      : porousDerived(
          { species: setting.species, f: setting.f, reference: setting.concentration, macro },
          along?.at ?? tensors,
          table ? undefined : porousTensors(cell, contrastOf(input.parameters)),
        )
  const model = new HomogenizedPorous(setting, medium, derive, {
    modelClass: 'porous',
    macro,
    notices: told,
    first: faces && first,
    further: table ? [varies] : [],
  })
  if (input.parameters.start === 'steady') startSteady(model)
  return model
}

/** Most nodes of a sheet with a graded mesh: its solver is direct. */
const MOST_GRADED = 20_000

/** Sheets are refined towards the electrodes where layers would be thinner than their mesh. */
function thinLayers({ dimension, nodes }: PorousInput['macro'], spacing: number, layer: number): boolean {
  return dimension === 2 && spacing > layer && nodes[0] * nodes[1] <= MOST_GRADED
}

/** Ions, conditions at the sides and the first state on a net, and what is to be said of it. */
export function porousSetting(
  input: PorousInput,
  net: PorousNet,
  permittivity: number,
): { setting: PorousSetting; notices: Notice[] } {
  const { parameters: v, macro } = input
  const species: Species[] = ions(v).map((i) => ({ valence: v[`z_${i}`], diffusivity: v[`D_${i}`] }))
  const { name, values } = input.experiment
  const width = macro.size[1] ?? 1
  const across = Float64Array.from(net.left.node, (p) => net.position[3 * p + 1] / width)
  const sides = entry(experiments, name).effect(values, { species: species.length, reference: v.c0, across })
  const { concentrations, notices } = startOf(input, species, net, permittivity, sides)
  const initial = new Float64Array((species.length + 1) * net.nodes)
  initial.set(concentrations)
  const f = thermal(input)
  const setting: PorousSetting = {
    net,
    species,
    f,
    permittivity,
    fixedCharge: v.fixed_charge,
    ...sides,
    concentration: v.c0,
    initial,
    units: reducedUnits(v, macro),
  }
  return { setting, notices }
}

/** F / RT, 1/V. */
export function thermal(input: PorousInput): number {
  return inverseThermalVoltage(input.parameters.temperature)
}

/** Permittivity of the fluid, F/m: given, or from lambda² = eps RT / (F² c0 L²). */
export function fluidPermittivity({ parameters: v, macro }: PorousInput): number {
  if (v.screening !== 'lambda2') return VACUUM * v.permittivity
  return v.lambda2 * FARADAY * v.c0 * macro.size[0] ** 2 * inverseThermalVoltage(v.temperature)
}

/** Largest concentration of the experiment, mol/m³. */
function strength(input: PorousInput): number {
  const { experiment } = input
  const held = Object.entries<number>(experiment.values).flatMap(([name, c]) => (/^c\d_/.test(name) ? [c] : []))
  return Math.max(strongest(input), ...held)
}

/** Largest voltage of the experiment in thermal voltages. */
function steepness(input: PorousInput): number {
  const volts = voltsOf(input.experiment) * (1 + Math.abs(tiltOf(input.experiment)))
  return Math.abs(volts) * thermal(input)
}

function warnings(input: PorousInput, clamped: boolean, units: ReducedUnits | undefined): Notice[] {
  const { experiment, parameters: v } = input
  const notices: Notice[] = []
  for (const side of ['left', 'right'] as const) {
    const reservoir = reservoirOf(experiment, side)
    if (!reservoir) continue
    let charge = 0
    let total = 0
    for (const i of ions(v)) {
      charge += v[`z_${i}`] * reservoir[i - 1]
      total += reservoir[i - 1]
    }
    if (Math.abs(charge) > 1e-9 * total)
      notices.push({
        level: 'info',
        message: t('{reservoir} carries a charge of {charge}: a layer of the Debye length forms at it.', {
          reservoir: side === 'left' ? t('The left reservoir') : t('The right reservoir'),
          charge: inWords(charge, MILLIMOLAR, units),
        }),
        advice: [t('make Σ z c zero for an electroneutral reservoir')],
      })
  }
  const wall =
    experiment.name === 'blocking' ? steepness(input) / 2 : experiment.name === 'half-cell' ? steepness(input) : 0
  if (wall > 5 && !clamped)
    notices.push({
      level: 'warning',
      message: t(
        'The electrode stands at {wall} thermal voltages: counter-ions crowd to e^{wall2} times the bulk, beyond the dilute limit of this model.',
        { wall: wall.toPrecision(3), wall2: wall.toPrecision(2) },
      ),
      advice: [t('stay below 5 thermal voltages per electrode')],
    })
  return notices
}

/** Thermal voltages per electrode beyond which a physical set-up is not followed. */
const CLAMP = 7

/** Blocking walls of physical set-ups are held to what a dilute electrolyte can stand. */
function withinDiluteLimit(input: PorousInput): { input: PorousInput; clamped: Notice[] } {
  const { experiment, parameters } = input
  const electrodes = experiment.name === 'blocking' ? 2 : experiment.name === 'half-cell' ? 1 : 0
  if (electrodes === 0 || parameters.screening !== 'permittivity') return { input, clamped: [] }
  const volts = voltsOf(experiment)
  const most = (electrodes * CLAMP) / thermal(input)
  if (Math.abs(volts) <= most) return { input, clamped: [] }
  return {
    input: { ...input, experiment: atVolts(experiment, Math.sign(volts) * most) },
    clamped: [
      {
        level: 'warning',
        message: t(
          '{volts} mV would crowd ions to e^{clamp} times the bulk and more; the run uses {volts2} mV ({clamp} thermal voltages per electrode).',
          { volts: (1e3 * volts).toPrecision(4), clamp: CLAMP, volts2: (1e3 * Math.sign(volts) * most).toPrecision(4) },
        ),
        advice: [t('lower the voltage'), t('choose a given λ² to explore the equations beyond their physics')],
      },
    ],
  }
}

/** @throws InputError when there is no steady state to start from */
export function startSteady(model: PorousModel): void {
  try {
    model.given.set(steadyState(model, model.initial()).u)
  } catch (error) {
    if (!(error instanceof SteadyError)) throw error
    throw new InputError([
      {
        path: 'parameters.start',
        message: t('{message}; start from a uniform electrolyte instead', { message: error.message }),
      },
    ])
  }
}
