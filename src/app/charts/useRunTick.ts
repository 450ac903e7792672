import type { LabState } from '../store/lab.ts'
import { useThrottled } from './useThrottled.ts'

/** Frames a chart redraws for, at most five a second. */
export function useRunTick(): void {
  useThrottled(runKey, runParts)
}

const runKey = (s: LabState) => `${s.frameCount} ${s.shown} ${s.time} ${s.field} ${s.theme}`
const runParts = (s: LabState) => [s.probes, s.model, s.branches, s.lineName, s.branches.length > 0 && s.scenario]
