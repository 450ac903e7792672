/**
 * Whether a protocol can begin: the voltage at once under its first step, against its cut-offs, and where it cannot, what
 * would: the largest current or power that starts inside them, or the usual value of a parameter where none does.
 */
import { t } from '../../../language/language.ts'
import { IntegrationError, makeConsistent } from '../../../numerics/steps.ts'
import type { Problem } from '../../../parameter.ts'
import type { CathodeValues } from '../parameters/index.ts'
import type { Step } from '../protocol/protocol.ts'
import type { CathodeModel } from './model.ts'

const HALVINGS = 24
const DIGITS = 3

/** Usual values of what makes a start impossible at an extreme one, the most likely first. */
const USUAL: Partial<CathodeValues> = {
  noise: 0,
  size_spread: 0,
  alpha_sm: 'prefactor',
  alpha: 0.5,
  k_doyle: 1e-10,
  k0: 1,
  i0: 1,
  alpha_2: 0.5,
  k_doyle_2: 1e-10,
  k0_2: 1,
  i0_2: 1,
  i_foil: 20,
  contact: 0,
}

/** The same cell with another first step, and with other parameters. */
export interface Siblings {
  stepping(first: Step): CathodeModel
  changed(values: Partial<CathodeValues>): CathodeModel
}

export function* openingProblems(
  model: CathodeModel,
  values: CathodeValues,
  siblings: Siblings,
): Generator<void, Problem[]> {
  const [step] = model.setting.steps
  if (!step) return []
  if (step.hold === 'current' || step.hold === 'power') {
    // Potentials at rest are known, but where the start varies.
    if (step.value === 0 && !model.setting.start) return []
    if (step.value !== 0) return (yield* starts(model, step)) ? [] : yield* tooMuch(model, step, siblings.stepping)
  }
  return (yield* voltage(model)) === undefined ? [yield* inTheWay(values, siblings.changed)] : []
}

/** No potentials at all: the parameter whose usual value would do. */
function* inTheWay(values: CathodeValues, changed: Siblings['changed']): Generator<void, Problem> {
  for (const [name, usual] of Object.entries(USUAL)) {
    const got = values[name as keyof CathodeValues]
    if (got === usual || (yield* voltage(changed({ [name]: usual }))) === undefined) continue
    return {
      path: `parameters.${name}`,
      message: t('got {got}, with which no potentials balance the reactions at the start; {usual} does', {
        got: String(typeof got === 'number' ? Number(got.toPrecision(4)) : got),
        usual: String(usual),
      }),
    }
  }
  return {
    path: 'parameters',
    message: t(
      'no potentials balance the reactions at the start; take kinetics, conductivities and the filling at the start closer to a built-in scenario',
    ),
  }
}

function* tooMuch(
  model: CathodeModel,
  step: Step & { hold: 'current' | 'power' },
  sibling: Siblings['stepping'],
): Generator<void, Problem[]> {
  const at = (share: number) => ({ ...step, value: step.value * share })
  let [low, high] = [0, 1]
  for (let k = 0; k < HALVINGS; k++) {
    // Over many orders of magnitude first.
    const middle = low === 0 ? high / 10 : (low + high) / 2
    if (yield* starts(sibling(at(middle)), at(middle))) low = middle
    else high = middle
  }
  const unit = step.hold === 'power' ? 'W/m²' : 'A/m²'
  const number = (v: number) => `${Number(Math.abs(v).toPrecision(DIGITS))} ${unit}`
  const V = yield* voltage(model)
  const seen =
    V === undefined ? t('no voltage carries it') : t('the voltage would be {V} V at once', { V: V.toFixed(3) })
  const { below, above } = step.until
  const limit = step.value > 0 ? below : above
  const cut = V === undefined || limit === undefined ? '' : t(', beyond the cut-off of {limit} V', { limit })
  return [
    {
      path: 'experiment.values',
      message:
        low > 0
          ? t('got {got}; {seen}{cut}; the cell starts with up to {low}; take less, or another cut-off', {
              got: number(step.value),
              seen,
              cut,
              low: number(step.value * low),
            })
          : t(
              'got {got}; {seen}{cut}, and with no smaller one either; change the cut-off or the filling at the start',
              { got: number(step.value), seen, cut },
            ),
    },
  ]
}

/** The step begins inside its cut-offs. */
function* starts(model: CathodeModel, { until, value = 0 }: Step): Generator<void, boolean> {
  const V = yield* voltage(model)
  if (V === undefined) return false
  return value > 0 ? !(until.below !== undefined && V <= until.below) : !(until.above !== undefined && V >= until.above)
}

/** V at once; undefined where no potentials carry the step. */
function* voltage(model: CathodeModel): Generator<void, number | undefined> {
  try {
    const u = model.initial()
    yield* makeConsistent(model, 0, u, 1e-6)
    return model.terminal(u, model.reactionSum(u))
  } catch (error) {
    if (error instanceof IntegrationError) return undefined
    throw error
  }
}
