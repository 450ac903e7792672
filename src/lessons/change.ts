/** Scenarios as lessons change them: fields by path, then the same check as for every other scenario. */
import { InputError } from '../problem.ts'
import { parseScenario } from '../simulation/parse.ts'
import type { Scenario } from '../simulation/scenario.ts'

export type Changes = Readonly<Record<string, unknown>>

/** Built-in scenarios by name. @throws InputError for a name that is none */
export type Library = (name: string) => Scenario

/**
 * The scenario with other values at paths such as `cell.shapes[0].radii`; null takes a field out.
 * @throws InputError for a path that leads nowhere, or a scenario that cannot be run
 */
export function changed(scenario: Scenario, changes: Changes = {}): Scenario {
  const copy: unknown = structuredClone(scenario)
  for (const [path, value] of Object.entries(changes)) put(copy, path, value)
  return parseScenario(copy)
}

function put(root: unknown, path: string, value: unknown): void {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '')
  const last = keys.pop()
  const holder = keys.reduce<unknown>(
    (at, key) => (own(at, key) ? (at as Record<string, unknown>)[key] : undefined),
    root,
  )
  if (last === undefined || typeof holder !== 'object' || holder === null || last === '__proto__')
    throw new InputError([{ path, message: 'the scenario has no such field to change; check its spelling' }])
  if (value === null) delete (holder as Record<string, unknown>)[last]
  else (holder as Record<string, unknown>)[last] = value
}

function own(holder: unknown, key: string): boolean {
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key)
}
