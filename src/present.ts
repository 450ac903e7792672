/** A value that must be there: says what is missing where the compiler cannot know better. */

/** @throws RangeError that names what is missing */
export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new RangeError(`${what} is missing`)
  return value
}
