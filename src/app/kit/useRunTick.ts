import { t } from '../../language/language.ts'
import { useLab } from '../session/context.ts'
import type { LabState } from '../store/lab.ts'
import { useThrottled } from './useThrottled.ts'

/** Frames a chart redraws for, at most five a second. */
export function useRunTick(): void {
  useThrottled(runKey, runParts)
}

const runKey = (s: LabState) => `${s.frameCount} ${s.shown} ${s.time} ${s.field} ${s.theme}`
const runParts = (s: LabState) => [s.probes, s.model, s.branches, s.lineName, s.branches.length > 0 && s.scenario]

/** Why a chart of the run has nothing to draw. */
export function useWaiting(): string {
  const failed = useLab((s) => s.status === 'failed')
  return failed ? t('This run could not begin; the note says why.') : t('The first frame is on its way.')
}
