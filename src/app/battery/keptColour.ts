import { SERIES } from '../ground/colours.ts'
import type { KeptCurve, LabState } from '../store/lab.ts'

/** A curve keeps its colour when others go. */
export function keptColour({ id }: KeptCurve, theme: LabState['theme']): string {
  const colours = SERIES[theme]
  return colours[1 + ((id - 1) % (colours.length - 1))]
}
