/** What of a protocol did not go as it was written: steps over at once, ended early, cut off by the end of the run. */
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
      message: `${more} more ${more === 1 ? 'step' : 'steps'} ended early or took no time; the list of steps names all.`,
    })
  for (const { step, label, remark } of reports.filter(({ remark }) => remark !== undefined).slice(0, SENTENCES))
    notices.push({ level: 'warning', message: `Step ${step} (${label}): ${remark}.` })
  if (reached !== undefined && labels.length > 1 && reached < labels.length)
    notices.push({
      level: 'warning',
      message: `The run stopped in step ${reached} of ${labels.length} (${labels[reached - 1]}); ${left(reached + 1, labels.length)} not begun.`,
    })
  return notices
}

function notice(group: readonly StepReport[]): Notice {
  const [{ outcome, reason, start, end, voltage }] = group
  if (outcome === 'early')
    return {
      level: 'warning',
      message: `${named(group)} ended early, after ${seconds(end - start)}, ${reason}.`,
      advice: ['take a shorter step, a smaller current, or another cut-off'],
    }
  if (outcome === 'idle')
    return { level: 'info', message: `${named(group)} had nothing left to do: over as soon as begun, ${reason}.` }
  const where = reason.includes('cut-off') ? `, where the voltage would be ${Number(voltage.toPrecision(4))} V` : ''
  return {
    level: 'warning',
    message: `${named(group)} took no time: over as soon as begun, ${reason}${where}.`,
    advice: ['change the steps before, the current, or the cut-off'],
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
  const [{ label }] = group
  const numbers = group.slice(0, NAMED).map(({ step }) => String(step))
  if (group.length > NAMED) return `Steps ${numbers.join(', ')} and ${group.length - NAMED} more (${label})`
  if (numbers.length === 1) return `Step ${numbers[0]} (${label})`
  return `Steps ${numbers.slice(0, -1).join(', ')} and ${numbers[numbers.length - 1]} (${label})`
}

function seconds(time: number): string {
  return `${Number(time.toPrecision(4))} s`
}

function left(from: number, to: number): string {
  return from === to ? `step ${from} was` : `steps ${from} to ${to} were`
}
