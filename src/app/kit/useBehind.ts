/** Whether what is on show is of a scenario from before: marked where the one of now admits nothing, or keeps it waiting. */

import { useEffect, useState } from 'react'
import { msg } from '../../language/language.ts'
import { useEditedCell, useLab, useScenario } from '../session/context.ts'
import { solvedCell } from '../store/edited.ts'
import { sameCells } from '../store/runs.ts'

/** A number that is late by less is not worth a mark, ms. */
const LATE = 500

export const OF_BEFORE = msg('of the cell before')

/** The tensors on show are not of the cell of now. */
export function useCellBehind(): boolean {
  const cell = useEditedCell()
  const result = useLab((s) => solvedCell(s).result)
  const of = useLab((s) => solvedCell(s).of)
  const failed = useLab((s) => s.refused || s.previewProblems.length > 0)
  const behind = result !== undefined && of !== cell
  const late = useLate(behind, result)
  return behind && (failed || late)
}

/** The model on show is not that of the scenario of now. */
export function useModelBehind(): boolean {
  const scenario = useScenario()
  const model = useLab((s) => s.model)
  const of = useLab((s) => s.modelOf)
  const refused = useLab((s) => s.refused)
  const behind = model !== undefined && (!of || !sameCells(of, scenario))
  const late = useLate(behind, model)
  return refused || (behind && late)
}

/** True once `behind` has held for long, counted from the last result. */
function useLate(behind: boolean, result: unknown): boolean {
  const [late, setLate] = useState<unknown>()
  useEffect(() => {
    if (!behind) return
    const timer = setTimeout(() => setLate(result), LATE)
    return () => clearTimeout(timer)
  }, [behind, result])
  return behind && late !== undefined && late === result
}
