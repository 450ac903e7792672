/** The second order of a cell, computed in a worker of its own. */
import type { Field } from '../models/family.ts'
import type { SecondSolutions, SolvedCell } from '../models/second.ts'
import { askOnce } from './once.ts'

export interface SecondRequest {
  kind: 'second'
  cell: SolvedCell
  fields: readonly Field[]
}

export type SecondResponse = { kind: 'second'; solutions: SecondSolutions } | { kind: 'secondFailed'; message: string }

/** @throws Error with the reason where there is none; it is never settled once `signal` is aborted */
export async function solveSecondInWorker(
  { mesh, problems }: SolvedCell,
  fields: readonly Field[],
  signal: AbortSignal,
): Promise<SecondSolutions> {
  // Only what is needed is copied.
  const needed = problems.map(({ kind, phase, name, coefficients, correctors }) => ({
    kind,
    phase,
    name,
    coefficients,
    correctors,
  }))
  const response = await askOnce<SecondRequest, SecondResponse>(
    { kind: 'second', cell: { mesh, problems: needed }, fields },
    signal,
  )
  if (response.kind === 'second') return response.solutions
  throw new Error(response.message)
}
