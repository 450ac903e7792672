/** What is wrong with the form of a scenario file, as sentences. */
import type * as z from 'zod/mini'
import { msg, t } from '../language/language.ts'
import { describe, fieldPath, type Problem } from '../parameter.ts'
import { pathText } from './scenario.ts'

/** A structural issue as a sentence. */
export function structural(issue: z.core.$ZodIssue, input: unknown): Problem[] {
  const path = pathText(issue.path)
  let value: unknown = input
  for (const key of issue.path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: fieldPath(path, key),
        message: t('unknown field; remove it or check its spelling'),
      }))
    case 'invalid_type':
      return [
        {
          path,
          message: t('got {got}; must be {article}', {
            got: describe(value),
            article: t(TYPES[issue.expected] ?? `a ${issue.expected}`),
          }),
        },
      ]
    case 'too_big':
    case 'too_small':
      return [
        {
          path,
          message: t('got {got}; must be a list of {wanted}', {
            got: describe(value),
            wanted: String(issue.code === 'too_big' ? issue.maximum : issue.minimum),
          }),
        },
      ]
    default:
      return [
        {
          path,
          message: t('got {got}; it does not have the form of a {path}', {
            got: describe(value),
            path: issue.path.at(-1)?.toString() ?? 'scenario',
          }),
        },
      ]
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: msg('a string'),
  number: msg('a number'),
  boolean: msg('a boolean'),
  array: msg('an array'),
  tuple: msg('a tuple'),
  object: msg('an object'),
  record: msg('a record'),
}
