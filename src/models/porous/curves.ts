/**
 * Curves of the porous family: steady current against voltage by continuation from zero outwards, for the chosen
 * closure or for all of them; the transient of the charging current is a time series (observable `current`).
 */

import type { CellResult } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import { InputError } from '../../parameter.ts'
import { FARADAY } from '../constants.ts'
import type { Curve, CurveRequest, SweepTable } from '../family.ts'
import { inWords, MILLIVOLT } from '../reduced.ts'
import { closures } from './closures.ts'
import { effectivePorous } from './effective.ts'
import { atVolts, type CurrentExperiment, drivesCurrent, reservoirOf, tiltOf } from './experiments.ts'
import type { PorousInput } from './input.ts'
import { macroModel } from './macro.ts'
import type { PorousModel } from './model.ts'
import { SteadyError, steadyState } from './steady.ts'

/** A steady state at one voltage. */
interface SweepPoint {
  /** V. */
  voltage: number
  /** A/m² of total cross-section. */
  current: number
  /** Flux of each species, mol/(m² s), positive from left to right. */
  fluxes: number[]
}

/** The sweep as a table; dimensionless set-ups (a given lambda²) have the current of the particles, sum z J. */
export function* sweepTable(
  input: PorousInput,
  cell: CellResult,
  voltages: readonly number[],
): Generator<number, SweepTable> {
  const points = yield* steadySweep(input, cell, voltages)
  const dimensionless = input.parameters.screening === 'lambda2'
  const [current, flux] = dimensionless ? ['1', '1'] : ['A/m²', 'mol/(m² s)']
  return {
    columns: [
      { label: 'current', unit: current },
      ...points[0].fluxes.map((_, r) => ({ label: `flux ${r + 1}`, unit: flux })),
    ],
    rows: points.map((p) => [dimensionless ? p.current / FARADAY : p.current, ...p.fluxes]),
  }
}

/** Steady states for a list of voltages [V], each from the nearest one already known. */
export function* steadySweep(
  input: PorousInput,
  cell: CellResult,
  voltages: readonly number[],
): Generator<number, SweepPoint[]> {
  const experiment = currentExperiment(input)
  // One mesh for the whole sweep: that of the largest voltage.
  const steepest = voltages.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0)
  const at = (voltage: number): PorousInput => ({
    ...input,
    parameters: { ...input.parameters, start: 'uniform' },
    experiment: atVolts(experiment, voltage),
  })
  const model = macroModel(at(steepest), cell)
  const { species } = model.setting
  const tilt = tiltOf(experiment)
  const order = voltages.map((_, k) => k).sort((a, b) => Math.abs(voltages[a]) - Math.abs(voltages[b]))
  const points: SweepPoint[] = []
  const known = new Map<number, Float64Array>()
  let done = 0
  for (const k of order) {
    let from = 0
    let guess: Float64Array | undefined
    for (const [voltage, u] of known)
      if (guess === undefined || Math.abs(voltage - voltages[k]) < Math.abs(from - voltages[k])) {
        from = voltage
        guess = u
      }
    const u = reach(model, voltages[k], tilt, from, guess)
    known.set(voltages[k], u)
    const fluxes = model.fluxes(u)
    points[k] = {
      voltage: voltages[k],
      current: FARADAY * fluxes.reduce((sum, j, r) => sum + species[r].valence * j, 0),
      fluxes,
    }
    yield ++done / voltages.length
  }
  return points
}

/** @throws InputError for experiments without a steady current under a voltage */
function currentExperiment({ experiment }: PorousInput): CurrentExperiment {
  if (drivesCurrent(experiment)) return experiment
  throw new InputError([
    {
      path: 'experiment.name',
      message: t(
        'got "{got}", through which no steady current flows under a voltage; use "reservoirs" or "selective"',
        { got: experiment.name },
      ),
    },
  ])
}

/** Halvings of a step in voltage before a sweep gives up. */
const HALVINGS = 5

/**
 * The steady state at a voltage from one at another; where Newton's iteration fails, by way of the voltage between.
 * @param guess the state at `from`; from the initial state if absent
 * @throws SteadyError that names the voltage
 */
function reach(
  model: PorousModel,
  voltage: number,
  tilt: number,
  from: number,
  guess: Float64Array | undefined,
  halvings = HALVINGS,
): Float64Array {
  model.holdPotential('left', voltage, tilt)
  try {
    return steadyState(model, guess ?? model.initial()).u
  } catch (error) {
    if (!(error instanceof SteadyError)) throw error
    if (halvings === 0 || voltage === from)
      throw new SteadyError(
        t('at {voltage} {message}', {
          voltage: inWords(voltage, MILLIVOLT, model.setting.units, 4),
          message: error.message,
        }),
      )
    const middle = (from + voltage) / 2
    const between = reach(model, middle, tilt, from, guess, halvings - 1)
    return reach(model, voltage, tilt, middle, between, halvings - 1)
  }
}

const STEPS = 25
/** Thermal voltages that a curve spans to either side: these, or those of the run, as far as the equations are tried. */
const SPAN = 6
const WIDEST = 20

/** Nodes per axis on which a curve of a sheet or a block is computed. */
const COARSE: Record<number, number> = { 2: 17, 3: 7 }
/** Off-diagonal entries above this share of the diagonal turn the current. */
const ASKEW = 1e-3

/**
 * The box that a curve needs: a line where nothing varies across the current, else a coarse sheet, so that a picture
 * beside a run costs it little. `steadySweep` itself keeps the scenario's mesh.
 */
export function curveBox(given: PorousInput, cell: CellResult): PorousInput {
  const { macro, experiment, parameters } = given
  // A steady state does not know its start, and what is written for a sheet cannot be read on a line.
  const input =
    parameters.start === 'written' ? { ...given, parameters: { ...parameters, start: 'uniform' as const } } : given
  if (macro.dimension === 1 || macro.dimension > cell.mesh.dimension) return input
  const { diffusion, drift, permittivity } = effectivePorous(input, cell).tensors
  const askew = [diffusion, drift, permittivity].some(([row]) =>
    row.some((v, k) => k > 0 && Math.abs(v) > ASKEW * Math.abs(row[0])),
  )
  if (!askew && tiltOf(experiment) === 0)
    return { ...input, macro: { dimension: 1, size: [macro.size[0]], nodes: [Math.max(161, macro.nodes[0])] } }
  return { ...input, macro: { ...macro, nodes: macro.nodes.map((n) => Math.min(n, COARSE[macro.dimension])) } }
}

/** @throws InputError when the scenario admits no model or no voltage */
export function* porousCurve(request: CurveRequest, given: PorousInput, cell: CellResult): Generator<number, Curve> {
  const input = curveBox(given, cell)
  const applied = currentExperiment(input).values.voltage
  const { f, units } = macroModel(input, cell).setting
  const thermal = 1 / f
  const span = Math.min(WIDEST, Math.max(SPAN, Math.ceil(Math.abs(applied) / thermal - 1e-9)))
  const voltages = Array.from({ length: STEPS }, (_, k) => thermal * span * ((2 * k) / (STEPS - 1) - 1))
  const names = request.name === 'closures' ? closures.map((c) => c.name) : [input.parameters.closure]
  const traces: Curve['traces'] = []
  const marks = [{ label: 'V', x: applied }]
  let words = ''
  let idle = false
  const refused: string[] = []
  for (const [k, name] of names.entries()) {
    const one = { ...input, parameters: { ...input.parameters, closure: name } }
    try {
      const running = steadySweep(one, cell, voltages)
      let next = running.next()
      while (!next.done) {
        yield (k + next.value) / names.length
        next = running.next()
      }
      const y = next.value.map((p) => p.current)
      traces.push({ name, x: voltages, y })
      if (name === input.parameters.closure) {
        idle = y.every((current) => current === 0)
        const reversal = idle ? undefined : zero(voltages, y)
        if (reversal !== undefined) marks.push({ label: 'I = 0', x: reversal })
        const ratio = Math.abs(y[y.length - 1] / y[0])
        if (Math.abs(ratio - 1) > 1e-6)
          words = [
            t('At ±{span} thermal voltages the currents are as {ratio} to 1', { span, ratio: ratio.toPrecision(4) }),
            ...(reversal === undefined
              ? []
              : [t('the current reverses at {reversal}', { reversal: inWords(reversal, MILLIVOLT, units, 4) })]),
          ]
            .join('; ')
            .concat('.')
      }
    } catch (error) {
      if (!(error instanceof InputError || error instanceof SteadyError) || names.length === 1) throw error
      refused.push(name)
    }
  }
  return {
    name: request.name,
    label: 'Steady current against voltage',
    x: { label: 'voltage, left minus right', ...MILLIVOLT },
    y: { label: 'current density', unit: 'A/m²', factor: 1 },
    traces,
    marks,
    note: `${words} ${note(input, refused, idle)}`.trim(),
  }
}

function note({ parameters: v, experiment }: PorousInput, refused: string[], idle: boolean): string {
  const neutral = (['left', 'right'] as const).every((side) => {
    const [first, second] = reservoirOf(experiment, side) ?? []
    return first === second
  })
  const equal = v.species === '2' && v.D_1 === v.D_2 && v.z_1 === -v.z_2 && v.fixed_charge === 0
  const odd = idle
    ? t('No current flows at any voltage: the walls let no ion pass.')
    : experiment.name === 'reservoirs' && neutral && equal && experiment.values.tilt === 0
      ? t(
          'Equal diffusivities without wall charge give an exactly odd curve: there is no rectification to see. Make one ion slower.',
        )
      : ''
  const guarded =
    refused.length > 0
      ? ` ${t('Without a steady state here (indefinite drift tensor, or drift without diffusion): {refused}.', { refused: refused.join(', ') })}`
      : ''
  return `${odd}${guarded}`.trim()
}

/** Where y changes its sign, by linear interpolation; undefined if it does not. */
function zero(x: readonly number[], y: readonly number[]): number | undefined {
  const k = y.findIndex((v, i) => i > 0 && v > 0 !== y[i - 1] > 0)
  if (k < 0) return undefined
  const at = x[k - 1] - (y[k - 1] * (x[k] - x[k - 1])) / (y[k] - y[k - 1])
  // Of an odd curve it is zero up to round-off.
  return Math.abs(at) < 1e-12 * (x[x.length - 1] - x[0]) ? 0 : at
}
