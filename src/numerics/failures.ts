/** Why the solvers fail, in words for people: numbers with a few digits, times in s. */
import { t } from '../language/language.ts'

/** As text, so that no language groups its digits. */
const digits = (value: number, count: number) => value.toPrecision(count)
const power = (value: number) => value.toExponential(1)

/** Why a system was not solved. */
export const WHY = {
  singular: (node: number) => t('the iteration matrix is singular at node {node}', { node }),
  rightHandSide: () => t('the right-hand side is not a number'),
  stalled: (reached: number, wanted: number, iterations: number) =>
    t('the linear solver reduced the residual only to {reached} of {wanted} in {iterations} iterations', {
      reached: power(reached),
      wanted: power(wanted),
      iterations,
    }),
  iterations: (most: number) => t('the Newton iteration did not converge in {most} iterations', { most }),
  diverges: () => t('the Newton iteration diverges'),
  residual: () => t('a residual is not a number'),
  update: () => t('an update is not a number'),
  estimate: () => t('the error estimate is not a number'),
  leavesLimits: () => t('a concentration or a volume would leave its limits'),
  tooSmall: () => t('the steps have become too small to count'),
  inaccurate: () => t('the local error exceeds the tolerance'),
} as const

/** Why a run does not go on. @param why from `WHY` */
export const STOPPED = {
  inconsistent: (time: number, why: string) =>
    t('no consistent potentials exist at t = {time} s: {why}', { time: digits(time, 6), why }),
  fixedStep: (time: number, step: number, why: string) =>
    t('a fixed step of {step} s failed at t = {time} s: {why}', { time, step, why }),
  noStep: (time: number, step: number, why: string) =>
    t('no step from t = {time} s succeeds (tried down to {step} s): {why}', {
      time: digits(time, 6),
      step: digits(step, 3),
      why,
    }),
} as const

/** What to try then. */
export const ADVICE = {
  inconsistent: () => [t('undo the change made last'), t('reset the run')],
  fixedStep: () => [t('use adaptive steps or a smaller fixed step')],
  noStep: () => [t('weaken what was changed last'), t('rewind and continue from an earlier moment')],
} as const
