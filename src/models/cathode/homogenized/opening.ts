/**
 * Whether a protocol can begin: the voltage at once under its first step, against its cut-offs, and where it cannot, what
 * would: the largest current or power that starts inside them.
 */
import { IntegrationError, makeConsistent } from '../../../numerics/steps.ts'
import type { Problem } from '../../../parameter.ts'
import type { Step } from '../protocol/protocol.ts'
import type { CathodeModel } from './model.ts'

const HALVINGS = 24
const DIGITS = 3

/** @param sibling the same cell with another first step */
export function openingProblems(model: CathodeModel, sibling: (first: Step) => CathodeModel): Problem[] {
  const [step] = model.setting.steps
  if (!step || step.hold === 'voltage' || step.hold === 'profile' || step.value === 0) return []
  if (starts(model, step)) return []
  const at = (share: number) => ({ ...step, value: step.value * share })
  let [low, high] = [0, 1]
  for (let k = 0; k < HALVINGS; k++) {
    // Over many orders of magnitude first.
    const middle = low === 0 ? high / 10 : (low + high) / 2
    if (starts(sibling(at(middle)), at(middle))) low = middle
    else high = middle
  }
  const unit = step.hold === 'power' ? 'W/m²' : 'A/m²'
  const number = (v: number) => `${Number(Math.abs(v).toPrecision(DIGITS))} ${unit}`
  const V = voltage(model)
  const seen = V === undefined ? 'no voltage carries it' : `the voltage would be ${V.toFixed(3)} V at once`
  const { below, above } = step.until
  const limit = step.value > 0 ? below : above
  const cut = V === undefined || limit === undefined ? '' : `, beyond the cut-off of ${limit} V`
  return [
    {
      path: 'experiment.values',
      message:
        low > 0
          ? `got ${number(step.value)}; ${seen}${cut}; the cell starts with up to ${number(step.value * low)}; take less, or another cut-off`
          : `got ${number(step.value)}; ${seen}${cut}, and with no smaller one either; change the cut-off or the filling at the start`,
    },
  ]
}

/** The step begins inside its cut-offs. */
function starts(model: CathodeModel, { until, value = 0 }: Step): boolean {
  const V = voltage(model)
  if (V === undefined) return false
  return value > 0 ? !(until.below !== undefined && V <= until.below) : !(until.above !== undefined && V >= until.above)
}

/** V at once; undefined where no potentials carry the step. */
function voltage(model: CathodeModel): number | undefined {
  try {
    const u = model.initial()
    const settling = makeConsistent(model, 0, u, 1e-6)
    while (!settling.next().done);
    return model.terminal(u, model.reactionSum(u))
  } catch (error) {
    if (error instanceof IntegrationError) return undefined
    throw error
  }
}
