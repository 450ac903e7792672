/** The worker's side of a second order; loaded when the microscope asks for one. */
import { finish } from '../finish.ts'
import { solveSecond } from '../models/second.ts'
import { readable } from '../problem.ts'
import type { SecondRequest, SecondResponse } from './second.ts'

export function second({ cell, fields }: SecondRequest): SecondResponse {
  try {
    return { kind: 'second', solutions: finish(solveSecond(cell, fields)) }
  } catch (error) {
    return { kind: 'secondFailed', message: readable(error instanceof Error ? error.message : String(error)) }
  }
}
