/**
 * Laws of a family by name: numbers at a node that follow from the fields there, of a kind that no sum has. A description of a
 * model is plain values, so it names its law and what to give it; cards bring the laws themselves.
 */
import type { MacroSpec } from './input.ts'

/** Values of the fields of a frame, by name, SI. */
export type Values = (name: string) => ArrayLike<number> | undefined

/** Fields, box and time [s] of a frame. */
export interface At {
  values: Values
  macro: MacroSpec
  t: number
}

/**
 * The number at a node.
 * @param given what the model wrote down for it, plain values
 * @param which of its numbers
 * @returns undefined where a field that it takes has no values
 */
export type Law = (given: unknown, which: string, at: At) => ((node: number) => number) | undefined

/** One of the numbers that a law gives. */
export interface LawPart {
  law: string
  which: string
  given: unknown
}

const known = new Map<string, Law>()

/**
 * Of a card, when it is registered.
 * @throws RangeError for the name of another one
 */
export function registerLaws(laws: Readonly<Record<string, Law>> = {}): void {
  for (const [name, law] of Object.entries(laws)) {
    if ((known.get(name) ?? law) !== law)
      throw new RangeError(`got the law "${name}"; there is one of that name already`)
    known.set(name, law)
  }
}

/** @throws RangeError for a law that no card has */
export function lawOf({ law, which, given }: LawPart, at: At): ReturnType<Law> {
  const own = known.get(law)
  if (!own) throw new RangeError(`got the law "${law}"; valid are ${[...known.keys()].join(', ')}`)
  return own(given, which, at)
}
