/** The texts of the sources: what stands in `t('…')` and `msg('…')`, and what of the page stands outside of them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

export interface Found {
  text: string
  /** File and line. */
  where: string
}

/** A node of the syntax tree (ESTree with JSX), as far as it is looked at. */
interface Node {
  type: string
  start: number
  [key: string]: unknown
}

export const SRC = fileURLToPath(new URL('../../src/', import.meta.url))
/** Attributes that are read or heard. */
const READ = /^(label|title|aria-label|aria-description|placeholder|alt|legend|waiting|hint|advice)$/
/** At least a word; symbols, units and names of files are the same in every language. */
export const WORD = /\p{L}{2}/u

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit)
}

/** A literal, or literals put together; undefined for all else. */
function literal(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  if (node.type === 'TemplateLiteral') {
    const [only, ...more] = node.quasis as { value: { cooked: string } }[]
    return more.length === 0 ? only.value.cooked : undefined
  }
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined
  const [left, right] = [literal(node.left), literal(node.right)]
  return left === undefined || right === undefined ? undefined : left + right
}

function look(file: string, visit: (node: Node, found: (text: string) => Found) => void): void {
  const code = readFileSync(file, 'utf8')
  const line = (at: number) => code.slice(0, at).split('\n').length
  const { program } = parseSync(file, code)
  walk(program as unknown as Node, (node) =>
    visit(node, (text) => ({ text, where: `${relative(SRC, file)}:${line(node.start)}` })),
  )
}

export const filesOf = (folder: string, ext: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ext.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name))

/** What takes a text: `t`, `msg`, and errors that say it by `t`. */
const TAKES = /^(t|msg|Unreadable)$/

/** Every literal that is handed to them. */
export function textsOfSources(): Found[] {
  const texts: Found[] = []
  for (const file of filesOf(SRC, /\.tsx?$/))
    look(file, (node, found) => {
      const { callee } = node as { callee?: Node }
      if (!/^(Call|New)Expression$/.test(node.type) || !TAKES.test(String(callee?.name))) return
      const text = literal((node.arguments as unknown[])[0])
      if (text !== undefined) texts.push(found(text))
    })
  return texts
}

/** Literals that stand under such keys of objects. */
export function literalsOf(file: string, keys: RegExp): Found[] {
  const texts: Found[] = []
  look(file, (node, found) => {
    const { key, value } = node as { key?: { name?: string }; value?: Node }
    if (node.type !== 'Property' || !keys.test(key?.name ?? '')) return
    const text = literal(value)
    if (text !== undefined) texts.push(found(text))
  })
  return texts
}

/** Words between tags, and in attributes that are read, which no `t` reaches. */
export function bareTexts(): Found[] {
  const bare: Found[] = []
  for (const file of filesOf(join(SRC, 'app'), /\.tsx$/))
    look(file, (node, found) => {
      if (node.type === 'JSXText' && WORD.test(String(node.value))) bare.push(found(String(node.value).trim()))
      const { name, value } = node as { name?: { name?: string }; value?: Node }
      if (node.type !== 'JSXAttribute' || !READ.test(name?.name ?? '')) return
      const inside = value?.type === 'JSXExpressionContainer' ? (value.expression as Node) : value
      for (const text of spelled(inside)) if (WORD.test(text)) bare.push(found(text))
    })
  return bare
}

/** What an expression comes to in words of its own: literals, also as branches of a choice and between placeholders. */
function spelled(node: Node | undefined): string[] {
  if (!node) return []
  const text = literal(node)
  if (text !== undefined) return [text]
  if (node.type === 'ConditionalExpression') return [node.consequent, node.alternate].flatMap((n) => spelled(n as Node))
  if (node.type === 'LogicalExpression') return [node.left, node.right].flatMap((n) => spelled(n as Node))
  if (node.type !== 'TemplateLiteral') return []
  return (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked)
}
