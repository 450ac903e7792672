/**
 * Polarisation curves. A battery has no steady state under current, so there are three of them, all from the present
 * filling and salt:
 *
 *   at once    potentials settle, salt and lithium stay
 *   30 s       after a pulse of 30 s
 *   steady     the salt is steady, the lithium in the solid stays: this one has a limiting current
 */
import { msg, t } from '../../../language/language.ts'
import { VariableOrderIntegrator } from '../../../numerics/ndf.ts'
import { IntegrationError, type IntegratorState, makeConsistent } from '../../../numerics/steps.ts'
import { number } from '../../../words.ts'
import type { Curve } from '../../family.ts'
import { materialsOf } from '../equations/materials.ts'
import type { CathodeSetting } from '../equations/setting.ts'
import { CathodeModel } from '../homogenized/model.ts'
import { GLOBALS } from '../layout.ts'

const PULSE = 30
const RTOL = 1e-4
/** Currents of the curve over the current that passes the capacity in an hour, each in both directions. */
const RATES = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 1, 2]
/** Voltages this far from the standard one are not followed: the salt has run out, and the current has no end [V]. */
const BEYOND = 3
/**
 * Attempts of steps after which a voltage counts as not to be had; those that can be had take up to a thousand. Counted,
 * not timed, so that the curve is the same everywhere.
 */
const MOST_ATTEMPTS = 3000
/** A solid so large that its filling stays while the salt becomes steady. */
const FROZEN = 1e9

export interface Polarisation {
  /** A/m². */
  current: number
  /** V; undefined where the salt runs out. */
  atOnce?: number
  pulse?: number
  steady?: number
}

/** @param model whose state `u` is */
export function* polarisation(
  model: CathodeModel,
  u: Float64Array,
  currents: readonly number[],
): Generator<number, Polarisation[]> {
  const out: Polarisation[] = []
  for (const [k, current] of currents.entries()) {
    const [atOnce, pulse] = yield* settled(sibling(model, current, 1), u, PULSE, k / currents.length)
    const frozen = sibling(model, current, FROZEN)
    const [, steady] = yield* settled(frozen, u, steadyTime(model.setting), (k + 0.5) / currents.length)
    out.push({ current, atOnce, pulse, steady })
  }
  return out
}

/** The same cell at a constant current, with so many times its sites. */
function sibling(model: CathodeModel, current: number, times: number): CathodeModel {
  const { setting } = model
  const standards = materialsOf(setting).map(({ standard }) => standard)
  const until = { below: Math.min(...standards) - BEYOND, above: Math.max(...standards) + BEYOND }
  const sites = setting.sites * times
  const second = setting.second && { ...setting.second, sites: setting.second.sites * times }
  const steps = [{ label: 'current', hold: 'current' as const, value: current, until }]
  return new CathodeModel({ ...setting, sites, second, steps }, model.description)
}

/** Voltages at once and after `time`; undefined from where there is none. */
function* settled(
  model: CathodeModel,
  from: Float64Array,
  time: number,
  share: number,
): Generator<number, [number?, number?]> {
  const u = Float64Array.from(from)
  for (const k of [GLOBALS.STEP, GLOBALS.START, GLOBALS.Q, GLOBALS.Q_START]) u[model.globals + k] = 0
  const state: IntegratorState = { t: 0, u, integrals: new Float64Array(model.rateCount), dt: 0 }
  const volts: [number?, number?] = [undefined, undefined]
  const read = () => model.terminal(u, model.reactionSum(u))
  try {
    for (const _ of makeConsistent(model, 0, u, RTOL)) yield share
    volts[0] = read()
    let attempts = 0
    for (const _ of new VariableOrderIntegrator(model, { rtol: RTOL }).advance(state, time)) {
      yield share
      if (++attempts > MOST_ATTEMPTS) return volts
    }
    if (state.t >= time) volts[1] = read()
  } catch (error) {
    if (!(error instanceof IntegrationError)) throw error
  }
  return volts
}

/** Ten times the slowest diffusion time of the salt, s. */
function steadyTime({ grid, cathode, separator, electrolyte, salt0 }: CathodeSetting): number {
  const salt = new Float64Array(6)
  electrolyte.salt.at(salt0, salt)
  const resistance = grid.cathode / cathode.T[0] + grid.separator / separator.T[0]
  return (10 * resistance * (cathode.p * grid.cathode + separator.p * grid.separator)) / salt[0]
}

/** The curve of the page: both directions up to twice the current of one hour. */
export function* polarisationCurve(model: CathodeModel, u: Float64Array): Generator<number, Curve> {
  const hour = model.capacity / 3600
  const currents = [...RATES.map((r) => -r * hour).reverse(), ...RATES.map((r) => r * hour)]
  const points = yield* polarisation(model, u, currents)
  const trace = (name: string, of: (p: Polarisation) => number | undefined) => {
    const some = points.flatMap((p) => {
      const y = of(p)
      return y === undefined ? [] : [{ x: p.current, y }]
    })
    return { name, x: some.map((p) => p.x), y: some.map((p) => p.y) }
  }
  const missing = points.filter(({ steady }) => steady === undefined).map(({ current }) => number(current, 3))
  return {
    name: 'polarisation',
    label: 'Polarisation',
    x: { label: 'Current, discharge positive', unit: 'A/m²', factor: 1 },
    y: { label: 'Voltage', unit: 'V', factor: 1 },
    traces: [
      trace(msg('at once'), (p) => p.atOnce),
      trace(`${msg('after')} 30 s`, (p) => p.pulse),
      trace(msg('steady salt'), (p) => p.steady),
    ],
    marks: [],
    note: t(
      'A battery has no steady state under current. “Steady salt” holds the filling of the particles; it ends at the limiting current of the electrolyte.{what}',
      {
        what:
          missing.length > 0
            ? ` ${t('There is none at {missing} A/m²: the salt runs out, or no steady state was reached.', { missing: missing.join(', ') })}`
            : '',
      },
    ),
  }
}
