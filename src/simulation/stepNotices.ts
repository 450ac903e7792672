/** What of a protocol did not go as it was written: steps over at once, ended early, cut off by the end of the run. */
import { t, tSaid } from '../language/language.ts'
import type { Notice, StepReport } from '../models/family.ts'

/** Steps that a sentence names one by one, and sentences. */
const NAMED = 4
const SENTENCES = 3

/**
 * @param labels of all steps
 * @param reached the step in which the run stopped, counted from 1; undefined where the protocol came to its end
 */
export function stepNotices(
  reports: readonly StepReport[],
  labels: readonly string[],
  reached: number | undefined,
): Notice[] {
  const groups = alike(reports.filter(({ outcome }) => outcome !== 'done'))
  const notices = groups.slice(0, SENTENCES).map(notice)
  const more = groups.slice(SENTENCES).reduce((sum, group) => sum + group.length, 0)
  if (more > 0)
    notices.push({
      level: 'warning',
      message: t(
        '{n, plural, one {# more step} other {# more steps}} ended early or took no time; the list of steps names all.',
        { n: more },
      ),
    })
  for (const { step, label, remark } of reports.filter(({ remark }) => remark !== undefined).slice(0, SENTENCES))
    notices.push({
      level: 'warning',
      message: t('Step {step} ({label}): {remark}.', { step, label: tSaid(label), remark: tSaid(remark ?? '') }),
    })
  if (reached !== undefined && labels.length > 1 && reached < labels.length)
    notices.push({
      level: 'warning',
      message: t('The run stopped in step {step} of {n} ({label}); {left} not begun.', {
        step: reached,
        n: labels.length,
        label: tSaid(labels[reached - 1]),
        left: left(reached + 1, labels.length),
      }),
    })
  return notices
}

function notice(group: readonly StepReport[]): Notice {
  const [{ outcome, reason, start, end, voltage }] = group
  if (outcome === 'early')
    return {
      level: 'warning',
      message: t('{steps} ended early, after {time}, {reason}.', {
        steps: named(group),
        time: seconds(end - start),
        reason: tSaid(reason),
      }),
      advice: [t('take a shorter step, a smaller current, or another cut-off')],
    }
  if (outcome === 'idle')
    return {
      level: 'info',
      message: t('{steps} had nothing left to do: over as soon as begun, {reason}.', {
        steps: named(group),
        reason: tSaid(reason),
      }),
    }
  const where = reason.includes('cut-off')
    ? t(', where the voltage would be {voltage} V', { voltage: Number(voltage.toPrecision(4)) })
    : ''
  return {
    level: 'warning',
    message: t('{steps} took no time: over as soon as begun, {reason}{where}.', {
      steps: named(group),
      reason: tSaid(reason),
      where,
    }),
    advice: [t('change the steps before, the current, or the cut-off')],
  }
}

/** Reports that say the same, together, in the order of the first of them. */
function alike(reports: readonly StepReport[]): StepReport[][] {
  const groups = new Map<string, StepReport[]>()
  for (const report of reports) {
    const key = `${report.outcome}, ${report.label}, ${report.reason}`
    groups.set(key, [...(groups.get(key) ?? []), report])
  }
  return [...groups.values()]
}

/** "Step 2 (rest)", "Steps 3 and 4 (rest)", "Steps 3, 5, 7, 9 and 12 more (rest)". */
function named(group: readonly StepReport[]): string {
  const label = tSaid(group[0].label)
  const numbers = group.slice(0, NAMED).map(({ step }) => String(step))
  if (group.length > NAMED)
    return t('Steps {numbers} and {more} more ({label})', {
      numbers: numbers.join(', '),
      more: group.length - NAMED,
      label,
    })
  if (numbers.length === 1) return t('Step {step} ({label})', { step: numbers[0], label })
  return t('Steps {numbers} and {last} ({label})', {
    numbers: numbers.slice(0, -1).join(', '),
    last: numbers[numbers.length - 1],
    label,
  })
}

function seconds(time: number): string {
  return `${Number(time.toPrecision(4))} s`
}

function left(from: number, to: number): string {
  return from === to ? t('step {from} was', { from }) : t('steps {from} to {to} were', { from, to })
}
