/** The laboratory that a component belongs to. */
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Scenario } from '../../simulation/scenario.ts'
import { editedCell, editedName } from '../store/edited.ts'
import { current, type LabState } from '../store/lab.ts'
import type { JudgeView } from '../store/view.ts'
import type { Session } from './session.ts'

export const SessionContext = createContext<Session | undefined>(undefined)

/** @throws RangeError outside of a laboratory */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new RangeError('a component outside of a laboratory: wrap it in a SessionContext')
  return session
}

export function useLab<T>(selector: (state: LabState) => T): T {
  return useStore(useSession().lab, selector)
}

/** What of the resolved model is shown, and where the microscope looks. */
export function useJudgeView<T>(selector: (state: JudgeView) => T): T {
  return useStore(useSession().view, selector)
}

export function useScenario(): Scenario {
  return useStore(useSession().lab, current)
}

/** Which cell of the scenario the panel edits. */
export function useEditedName(): LabState['edited'] {
  return useStore(useSession().lab, editedName)
}

export function useEditedCell(): Scenario['cell'] {
  return useStore(useSession().lab, editedCell)
}

export function useHistory(): { canUndo: boolean; canRedo: boolean } {
  const { temporal } = useSession().lab
  const canUndo = useStore(temporal, (s) => s.pastStates.length > 0)
  const canRedo = useStore(temporal, (s) => s.futureStates.length > 0)
  return { canUndo, canRedo }
}
