/** Reading what the command line was given: arguments, JSON files, built-in scenarios. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beyond, LIMITS } from '../limits.ts'
import { InputError } from '../parameter.ts'
import { parseScenario } from '../simulation/parse.ts'
import type { Scenario } from '../simulation/scenario.ts'

const SCENARIOS = fileURLToPath(new URL('../scenarios/', import.meta.url))

/** A complaint about the command's own words. */
export function usage(message: string): InputError {
  return new InputError([{ path: '', message }])
}

/** Writes files. @throws InputError that names what could not be written, and why */
export function writing(what: string, act: () => void): void {
  try {
    act()
  } catch (error) {
    throw usage(`${what} cannot be written: ${error instanceof Error ? error.message : error}`)
  }
}

/**
 * Splits arguments into positional ones and `--name value` options and `--name` flags.
 * @param repeated options that may be given several times: their values in lines
 * @throws InputError for unknown options, missing values and a wrong number of positional arguments
 */
export function readArguments(
  args: string[],
  positional: string,
  options: readonly string[] = [],
  flags: readonly string[] = [],
  repeated: readonly string[] = [],
): { word: string; options: Record<string, string> } {
  const words: string[] = []
  const found: Record<string, string> = {}
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]
    if (!arg.startsWith('--')) {
      words.push(arg)
      continue
    }
    const [name, given] = arg.slice(2).split(/=(.*)/s)
    if (flags.includes(name)) {
      found[name] = 'true'
      continue
    }
    if (!options.includes(name))
      throw usage(
        `got the option ${arg}; valid are ${[...options, ...flags].map((o) => `--${o}`).join(', ') || 'none'}`,
      )
    const value = given ?? args[++i]
    if (value === undefined || value === '' || value.startsWith('--')) throw usage(`--${name} needs a value`)
    found[name] = repeated.includes(name) && found[name] !== undefined ? `${found[name]}\n${value}` : value
  }
  if (words.length !== 1) throw usage(`got ${words.length} arguments; give exactly one ${positional}`)
  return { word: words[0], options: found }
}

/** @throws InputError when the file cannot be read or is not JSON */
export function readJson(path: string): unknown {
  let text: string
  try {
    const large = beyond(LIMITS.file, statSync(path).size)
    if (large) throw usage(`the file ${path} is not read: ${large}`)
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof InputError) throw error
    throw usage(`the file ${path} cannot be read; check its name and place`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw usage(
      `the file ${path} is not JSON: ${error instanceof Error ? error.message : error}; NaN, comments and trailing commas are not allowed`,
    )
  }
}

export function builtInNames(): string[] {
  return readdirSync(SCENARIOS)
    .filter((f) => f.endsWith('.json'))
    .map((f) => f.slice(0, -5))
    .sort()
}

/** A scenario from a file or by built-in name. @throws InputError */
export function loadScenario(word: string): { name: string; scenario: Scenario } {
  const names = builtInNames()
  if (names.includes(word)) return { name: word, scenario: parseScenario(readJson(join(SCENARIOS, `${word}.json`))) }
  if (!existsSync(word))
    throw usage(`got "${word}", which is neither a file nor a built-in scenario; built-in are ${names.join(', ')}`)
  return { name: word, scenario: parseScenario(readJson(word)) }
}
