/** The judge between the closures: its norms, its limit, and what it says in words, from the rows of a comparison alone. */
import { t } from '../../language/language.ts'
import { fixed, number } from '../../words.ts'
import type { ComparisonCard, ComparisonRow, Norm, Observation } from '../comparison.ts'
import { FARADAY } from '../constants.ts'
import { inUnits, type ReducedUnits, type Unit } from '../reduced.ts'
import { closures } from './closures.ts'

/** What every closure errs by: keys of these names, with the closure's. */
const FLUX = 'flux_'
const HALF_CHARGE = 'half_charge_'

const ofClosures = (prefix: string, what: string): Norm[] =>
  closures.map(({ name, label }, colour) => ({
    name: `${prefix}${name}`,
    symbol: `${what}, ${name}`,
    label: `${what}: ${label}`,
    colour,
    usual: true,
  }))

const INSIDE = 'what varies inside the cells, in the middle half of the box'
const LAYERS = 'what varies inside the cells, in all of the box'

const fields = [
  { name: 'L2c', symbol: '‖c − u₀‖ L²', label: 'concentrations, without corrector' },
  { name: 'L2c_corrected', symbol: '‖c − (u₀ + s u₁)‖ L²', label: 'concentrations, with corrector' },
  { name: 'L2c_second', symbol: '‖c − (… + s² u₂)‖ L²', label: 'concentrations, with second order' },
  { name: 'L2phi', symbol: '‖φ − φ₀‖ L²', label: 'potential, without corrector' },
  { name: 'L2phi_corrected', symbol: '‖φ − (φ₀ + s φ₁)‖ L²', label: 'potential, with corrector' },
  { name: 'L2phi_second', symbol: '‖φ − (… + s² φ₂)‖ L²', label: 'potential, with second order' },
  { name: 'fluctuation_c', symbol: '‖δ(c − u₀)‖ ½Ω', label: `concentrations, without corrector; ${INSIDE}` },
  {
    name: 'fluctuation_c_corrected',
    symbol: '‖δ(c − (u₀ + s u₁))‖ ½Ω',
    label: `concentrations, with corrector; ${INSIDE}`,
  },
  {
    name: 'fluctuation_c_second',
    symbol: '‖δ(c − (… + s² u₂))‖ ½Ω',
    label: `concentrations, with second order; ${INSIDE}`,
  },
  { name: 'layers_c_second', symbol: '‖δ(c − (… + s² u₂))‖ Ω', label: `concentrations, with second order; ${LAYERS}` },
  { name: 'fluctuation_phi', symbol: '‖δ(φ − φ₀)‖ ½Ω', label: `potential, without corrector; ${INSIDE}` },
  {
    name: 'fluctuation_phi_corrected',
    symbol: '‖δ(φ − (φ₀ + s φ₁))‖ ½Ω',
    label: `potential, with corrector; ${INSIDE}`,
  },
  {
    name: 'fluctuation_phi_second',
    symbol: '‖δ(φ − (… + s² φ₂))‖ ½Ω',
    label: `potential, with second order; ${INSIDE}`,
  },
  { name: 'layers_phi_second', symbol: '‖δ(φ − (… + s² φ₂))‖ Ω', label: `potential, with second order; ${LAYERS}` },
].map((norm, colour) => ({ ...norm, colour, usual: false, hollow: true }))

/** The judge between the closures: fluxes of steady states, or the charge of the left half in time, and the fields. */
const NORMS: readonly Norm[] = [...ofClosures(FLUX, 'flux'), ...ofClosures(HALF_CHARGE, 'charge'), ...fields]

const LIMIT =
  'Limit of the theory: the box, the Debye length, concentrations and voltages are fixed; the period shrinks (ℓ = s L, s = 1/N).'

/** From this order on an error counts as going to zero; between two N that stall, crossings of zero may feign less. */
const CONVERGES = 0.5
/** Below it boundary layers show: without them the order of the fluxes is two. */
const WITHOUT_LAYERS = 1.5
/** Relative errors below this are round-off. */
const EXACT = 1e-9

/** The closure that the theory says is the limit. */
const TRUE = 'perforated'

interface Verdict {
  name: string
  error: number
  order: number
}

function explain({ rows, orders, mirror, units }: Observation): string[] {
  const last = rows.at(-1)
  if (!last) return []
  const steady = `${FLUX}${TRUE}` in last.errors
  const prefix = steady ? FLUX : HALF_CHARGE
  const what = steady ? t('the resolved flux') : t('the resolved charge')
  const verdicts = closures.flatMap(({ name }): Verdict[] => {
    const error = last.errors[`${prefix}${name}`]
    return error === undefined ? [] : [{ name, error, order: orders[`${prefix}${name}`] ?? Number.NaN }]
  })
  const sentences =
    rows.length === 1 ? [t('One N gives a point; the order needs a second.')] : judge(verdicts, what, mirror)
  if (rows.length > 1 && steady) sentences.push(...correctors(orders), ...secondOrder(last, orders))
  return [...sentences, ...resolvedFluxes(last, units)]
}

function judge(verdicts: readonly Verdict[], what: string, mirror: boolean): string[] {
  const truth = verdicts.find(({ name }) => name === TRUE)
  const others = verdicts.filter((v) => v !== truth)
  const converging = others.filter(({ error, order }) => order >= CONVERGES || error < EXACT)
  const stalled = others.filter((v) => !converging.includes(v))
  const sentences: string[] = []
  if (truth) sentences.push(ofTruth(truth, what, mirror))
  if (stalled.length > 0)
    sentences.push(
      t('Off by a fixed amount, which no smaller cell removes: {stalled}.', {
        stalled: stalled.map(({ name, error }) => `${name} ${percent(error)}`).join(', '),
      }),
    )
  if (converging.length > 0)
    sentences.push(t('In this cell {list} cannot be told from it yet.', { list: list(converging) }))
  return sentences
}

function ofTruth({ name, error, order }: Verdict, what: string, mirror: boolean): string {
  if (error < EXACT) return t('“{name}” is {what}, up to round-off.', { name, what })
  const seen = t('order {order}, {error} off at the largest N', { order: fixed(order, 2), error: percent(error) })
  if (!(order >= CONVERGES))
    return t(
      '“{name}” does not converge yet ({seen}): these cells are still large for the layers of charge, or the error of the mesh shows; try larger N or a finer micro.resolution.',
      { name, seen },
    )
  const layers =
    order < WITHOUT_LAYERS && !mirror
      ? ` ${t('The cells are not mirror-symmetric: boundary layers at the electrodes leave order one.')}`
      : ''
  return t('“{name}” converges to {what}: {seen}.{layers}', { name, what, seen, layers })
}

function correctors(orders: Readonly<Record<string, number>>): string[] {
  const { L2c, L2c_corrected: corrected } = orders
  if (!Number.isFinite(L2c) || !Number.isFinite(corrected)) return []
  return [
    t('The concentrations converge with order {L2c}, with correctors {corrected}.', {
      L2c: fixed(L2c, 2),
      corrected: fixed(corrected, 2),
    }),
  ]
}

/** Orders that differ by less than this are the same. */
const SAME = 0.25

/** A second order that makes the error larger by this has no cells small enough. */
const WORSE = 2

/** What the second order gains, and what stops it. */
function secondOrder({ errors }: ComparisonRow, orders: Readonly<Record<string, number>>): string[] {
  const {
    L2c_second: total,
    fluctuation_c: plain,
    fluctuation_c_corrected: first,
    fluctuation_c_second: second,
    layers_c_second: layers,
  } = orders
  if (errors.L2c_second > WORSE * errors.L2c_corrected)
    return [
      t(
        'With s² u₂ the whole error is larger: layers of charge are thinner than these cells, where an expansion in s says nothing.',
      ),
    ]
  if (![total, plain, first, second, layers].every(Number.isFinite) || second < CONVERGES) return []
  const sentences = [
    t('What varies inside the cells of the middle half: order {plain}, with s u₁ {first}, with s² u₂ {second}.', {
      plain: fixed(plain, 2),
      first: fixed(first, 2),
      second: fixed(second, 2),
    }),
  ]
  if (layers < second - SAME)
    sentences.push(
      t('Over the whole box it stops at {layers}: layers at the electrodes, which no corrector knows.', {
        layers: fixed(layers, 2),
      }),
    )
  if (total < second - SAME)
    sentences.push(
      t('The whole error keeps order {total}: its smooth part is that of u₀, which s² u₂ does not change.', {
        total: fixed(total, 2),
      }),
    )
  return sentences
}

/** Resolved fluxes among the quantities of a comparison, ion by ion; none where it found none. */
function resolvedFluxesOf(quantities: Readonly<Record<string, number>>): number[] {
  return Object.keys(quantities)
    .filter((key) => /^J_\d$/.test(key))
    .sort()
    .map((key) => quantities[key])
}

const FLUX_UNIT: Unit = { unit: 'mol/(m² s)', factor: 1 }

/** The truth itself. */
function resolvedFluxes({ N, quantities }: ComparisonRow, units: ReducedUnits | undefined): string[] {
  const { unit, factor } = inUnits(FLUX_UNIT, units)
  const fluxes = resolvedFluxesOf(quantities).map((flux, r) => {
    const error = quantities[`J_${r + 1}_error`]
    return `J${'₁₂₃'[r]} = ${number(flux / factor, 6)}${error > 0 ? ` ± ${number(error / factor, 2)}` : ''}`
  })
  return fluxes.length > 0 ? [t('Resolved with N = {N}: {fluxes} {unit}.', { N, fluxes: fluxes.join(', '), unit })] : []
}

const percent = (error: number) => `${number(100 * error, 2)}\u00a0%`

function list(verdicts: readonly Verdict[]): string {
  const names = verdicts.map(({ name }) => `“${name}”`)
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names[0]
}

export const comparison: ComparisonCard = {
  norms: NORMS,
  small: 's',
  limit: LIMIT,
  guide: { name: 'slope 2', label: 'for comparison, s²', order: 2, through: [`${FLUX}${TRUE}`] },
  prepared: false,
  explain,
  variants: 'closure',
  onCurve: {
    // The truth knows of no closure.
    ignores: { parameters: ['closure'], values: ['voltage'] },
    point(quantities, parameters, { voltage }) {
      const fluxes = resolvedFluxesOf(quantities)
      if (fluxes.length === 0 || typeof voltage !== 'number') return undefined
      const sum = fluxes.reduce((total, flux, r) => total + Number(parameters[`z_${r + 1}`]) * flux, 0)
      return { x: voltage, y: FARADAY * sum }
    },
  },
}
