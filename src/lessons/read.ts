/**
 * Reading lessons. A file is Markdown: at its head the facts of the lesson as YAML, then a section for every step. The
 * first block of a section, fenced and marked `yaml predict`, `yaml run`, `yaml mark` or `yaml explain`, says what the step
 * is; the rest is its text.
 */
import { lexer, type Token } from 'marked'
import { parse, YAMLParseError } from 'yaml'
import type * as z from 'zod/mini'
import { checkAmount } from '../limits.ts'
import { describe, fieldPath, InputError, type Problem } from '../problem.ts'
import { FRONT, type Lesson, MARK, PREDICTIONS, type Question, RUN, type Step } from './lesson.ts'

const KINDS = ['predict', 'run', 'mark', 'explain'] as const
type Kind = (typeof KINDS)[number]
const HEAD = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/

/**
 * @throws InputError with every problem at once, each with the field it is about
 */
export function readLesson(source: string): Lesson {
  const head = HEAD.exec(source)
  if (!head)
    throw new InputError([
      { path: '', message: 'a lesson begins with its facts between two lines of three dashes; the file does not' },
    ])
  const problems: Problem[] = []
  const front = checked(FRONT, yaml(head[1], '', problems), '', problems)
  const steps = sections(lexer(source.slice(head[0].length))).flatMap((section, k) => {
    const step = readStep(section, `steps[${k}]`, problems)
    return step ? [step] : []
  })
  if (problems.length === 0) problems.push(...checkOrder(steps))
  if (front) problems.push(...checkLoads(front.scenario, steps))
  if (problems.length > 0 || !front) throw new InputError(problems)
  return { ...front, steps }
}

interface Section {
  title: string
  tokens: Token[]
}

/** What stands under every heading of the second level. */
function sections(tokens: readonly Token[]): Section[] {
  const found: Section[] = []
  for (const token of tokens) {
    if (token.type === 'heading' && token.depth === 2) found.push({ title: token.text, tokens: [] })
    else found.at(-1)?.tokens.push(token)
  }
  return found
}

function readStep({ title, tokens }: Section, path: string, problems: Problem[]): Step | undefined {
  const at = tokens.findIndex((token) => token.type === 'code' && /^yaml /.test(token.lang ?? ''))
  const block = tokens[at]
  const kind = KINDS.find((name) => block?.type === 'code' && block.lang === `yaml ${name}`)
  if (!kind || block?.type !== 'code') {
    const got = block?.type === 'code' ? `got "${block.lang}"` : 'got no block'
    problems.push({
      path,
      message: `${got} under "${title}"; a step needs one marked ${KINDS.map((name) => `"yaml ${name}"`).join(', ')}`,
    })
    return undefined
  }
  const text = tokens
    .filter((_, k) => k !== at)
    .map(({ raw }) => raw)
    .join('')
    .trim()
  const place = `${path}.${kind}`
  if (text === '') problems.push({ path: place, message: `no text under "${title}"; say what the step is about` })
  return made(kind, { title, text }, yaml(block.text, place, problems), place, problems)
}

function made(
  kind: Kind,
  told: { title: string; text: string },
  data: unknown,
  path: string,
  problems: Problem[],
): Step | undefined {
  switch (kind) {
    case 'predict': {
      const question = readQuestion(data, path, problems)
      return question && { kind, ...told, question }
    }
    case 'run': {
      const run = checked(RUN, data ?? {}, path, problems)
      return run && { kind, ...told, run }
    }
    case 'mark': {
      const mark = checked(MARK, data, path, problems)
      if (mark?.ask === 'choice' && !mark.options?.some(({ is }) => is === mark.seen))
        problems.push({ path: `${path}.seen`, message: `got ${describe(mark.seen)}, which is none of the options` })
      return mark && { kind, ...told, mark }
    }
    case 'explain':
      return { kind, ...told }
  }
}

function readQuestion(data: unknown, path: string, problems: Problem[]): Question | undefined {
  const ask = (data as { ask?: unknown } | null)?.ask
  const schema = Object.entries(PREDICTIONS).find(([name]) => name === ask)?.[1]
  if (!schema) {
    const valid = Object.keys(PREDICTIONS).map((name) => `"${name}"`)
    problems.push({ path: fieldPath(path, 'ask'), message: `got ${describe(ask)}; valid are ${valid.join(', ')}` })
    return undefined
  }
  const question: Question | undefined = checked<Question>(schema, data, path, problems)
  if (question) problems.push(...checkQuestion(question).map((p) => ({ ...p, path: `${path}.${p.path}` })))
  return question
}

function checkQuestion(question: Question): Problem[] {
  const wrong = (path: string, message: string): Problem[] => [{ path, message }]
  switch (question.ask) {
    case 'number':
      if (!(question.from <= question.claim && question.claim <= question.to))
        return wrong('claim', `got ${question.claim}, which lies outside of ${question.from} to ${question.to}`)
      return []
    case 'choice':
      if (!question.options.some(({ is }) => is === question.claim))
        return wrong('claim', `got ${describe(question.claim)}, which is none of the options`)
      return []
    case 'curve':
      if (!Number.isInteger(question.points) || question.points < 3 || question.points > 15)
        return wrong('points', `got ${question.points}; must be a whole number from 3 to 15; try 7`)
      if (question.lines.length === 0) return wrong('lines', 'got none; a sketch has at least one line')
      return []
    case 'ellipse':
      return []
    case 'region': {
      const [first = ''] = question.claim
      if (first === '' || question.claim.some((row) => row.length !== first.length || !/^[#.]+$/.test(row)))
        return wrong('claim', 'rows of a map are equally long and made of # inside and . outside')
      return []
    }
  }
}

/** A lesson's own scenario is not loaded anew: it would come with the changes of the lesson, which is easily overlooked. */
function checkLoads(own: string, steps: readonly Step[]): Problem[] {
  return steps.flatMap((step, k) =>
    step.kind === 'run' && step.run.load === own
      ? [
          {
            path: `steps[${k}].run.load`,
            message: `got "${own}", the scenario of the lesson; leave it out, and put what differs into changes`,
          },
        ]
      : [],
  )
}

/** A run answers the prediction before it, and what is marked was seen. */
function checkOrder(steps: readonly Step[]): Problem[] {
  if (!steps.some(({ kind }) => kind === 'predict'))
    return [{ path: 'steps', message: 'got no step that predicts; a lesson asks before it shows' }]
  let open = false
  for (const [k, { kind }] of steps.entries()) {
    if (kind === 'predict' && open)
      return [{ path: `steps[${k}]`, message: 'a prediction follows a prediction; run the first one before' }]
    if (kind === 'predict') open = true
    if (kind === 'run') open = false
    if (open && kind !== 'predict')
      return [{ path: `steps[${k}]`, message: `got "${kind}" after a prediction; the run comes first` }]
  }
  return open ? [{ path: 'steps', message: 'the last prediction is never run' }] : []
}

function yaml(text: string, path: string, problems: Problem[]): unknown {
  try {
    const data: unknown = parse(text, { maxAliasCount: 0 })
    const tooMuch = checkAmount(data)
    problems.push(...tooMuch)
    return tooMuch.length > 0 ? undefined : data
  } catch (error) {
    if (!(error instanceof YAMLParseError) && !(error instanceof ReferenceError)) throw error
    problems.push({ path, message: `this is not YAML: ${error.message.split('\n')[0]}` })
    return undefined
  }
}

function checked<T>(schema: z.ZodMiniType<T>, data: unknown, path: string, problems: Problem[]): T | undefined {
  const found = schema.safeParse(data)
  if (found.success) return found.data
  problems.push(...found.error.issues.flatMap((issue) => sentence(issue, data, path)))
  return undefined
}

function sentence(issue: z.core.$ZodIssue, data: unknown, start: string): Problem[] {
  const path = issue.path.reduce<string>(fieldPath, start)
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], data)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: fieldPath(path, key),
        message: 'unknown field; remove it or check its spelling',
      }))
    case 'invalid_type':
      return [{ path, message: `got ${describe(value)}; must be of type ${issue.expected}` }]
    case 'invalid_value':
      return [{ path, message: `got ${describe(value)}; valid are ${issue.values.map(describe).join(', ')}` }]
    default:
      return [{ path, message: `got ${describe(value)}; it is not one of the forms that docs/add-a-lesson.md lists` }]
  }
}
