/** Lists whose entries are found by name: experiments, stimuli, closures, observables. */
import type { Parameter, Values, ValuesOf } from '../parameter.ts'
import { present } from '../present.ts'
import type { Experiment, Observable } from './family.ts'

/** @throws RangeError for a name that validation should have refused */
export function entry<E extends { name: string }>(list: readonly E[], name: string): E {
  const found = list.find((e) => e.name === name)
  if (!found) throw new RangeError(`got "${name}"; valid are ${list.map((e) => `"${e.name}"`).join(', ')}`)
  return found
}

/** An observable whose name the compiler knows. */
export const observable = <const N extends string>(
  name: N,
  label: string,
  unit: string,
  factor: number,
  group: string,
): Observable & { name: N } => ({ name, label, unit, factor, group })

/** Numbers given by name, in the order of their list. @throws RangeError for one that is missing */
export function inOrder<N extends string>(
  list: readonly { name: N }[],
  values: Readonly<Record<N, number>>,
): Float64Array {
  return Float64Array.from(list, ({ name }) => present(values[name], `the observable ${name}`))
}

/** An experiment with what it does in a family: the effect of its values, typed by its own parameters. */
export type Effective<N extends string, P extends readonly Parameter[], A extends unknown[], R> = Experiment & {
  name: N
  parameters: P
  effect(values: Values, ...context: A): R
}

/**
 * Writes an experiment down together with its effect, which it cannot be without:
 * `const experiment = effective<[context], result>()`.
 */
export function effective<A extends unknown[], R>() {
  return <const N extends string, const P extends readonly Parameter[]>(
    e: Omit<Experiment, 'name' | 'parameters'> & {
      name: N
      parameters: P
      effect(values: ValuesOf<P>, ...context: A): R
    },
  ): Effective<N, P, A, R> => e as Effective<N, P, A, R>
}
