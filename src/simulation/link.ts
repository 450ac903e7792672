/** A scenario as text for a link: JSON, deflated, base64url. The text is self-contained; nothing is stored anywhere. */

import { t } from '../language/language.ts'
import { beyond, LIMITS } from '../limits.ts'
import { InputError, shortened } from '../parameter.ts'
import { present } from '../present.ts'
import { parseScenario } from './parse.ts'
import type { Scenario } from './scenario.ts'

/** @returns text that may stand in the hash of a link */
export function encodeScenario(scenario: Scenario): Promise<string> {
  return pack(scenario)
}

/** Any value of JSON as text for a link. */
export async function pack(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  const packed = await pipe(bytes, new CompressionStream('deflate-raw'))
  let text = ''
  for (const byte of packed) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** A scenario that someone sent, and what had to be left out of it. */
export interface Opened {
  scenario: Scenario
  warning?: string
}

/**
 * Reads a scenario from outside. Nothing of it is lost for a resolved model that does not fit here: it opens without.
 * @throws InputError when it is no valid scenario
 */
export function openScenario(raw: unknown): Opened {
  try {
    return { scenario: parseScenario(raw) }
  } catch (error) {
    if (!(error instanceof InputError) || error.problems.some((p) => p.path !== 'micro.repeat')) throw error
    const { micro, ...rest } = raw as Scenario
    const { repeat: _, ...kept } = present(micro, 'the resolved model')
    return {
      scenario: parseScenario({ ...rest, micro: kept }),
      warning: t('The resolved model is left out: {shortened}.', {
        shortened: shortened(error.problems[0].message, 240),
      }),
    }
  }
}

/** @throws InputError when the text is cut short, damaged, too large, or holds no valid scenario */
export async function decodeScenario(text: string): Promise<Opened> {
  return openScenario(await unpack(text))
}

/** @throws InputError when the text is cut short, damaged or too large */
export async function unpack(text: string): Promise<unknown> {
  const long = beyond(LIMITS.link, text.length)
  if (long) throw new InputError([{ path: 'link', message: long }])
  try {
    const packed = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
    const bytes = await pipe(packed, new DecompressionStream('deflate-raw'), LIMITS.unpacked)
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (error instanceof InputError) throw error
    throw new InputError([
      {
        path: 'link',
        message: t(
          'got {got} characters that do not unpack to a scenario; the link was probably cut short when it was copied; copy it again or open the scenario as a file',
          { got: text.length },
        ),
      },
    ])
  }
}

/** @throws InputError as soon as more comes out than the limit, which is then not waited for */
async function pipe(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
  { most }: { most: number } = { most: Number.POSITIVE_INFINITY },
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = new Blob([bytes]).stream().pipeThrough(through).getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value)
    length += part.value.length
    if (length <= most) continue
    await reader.cancel()
    throw new InputError([
      {
        path: 'link',
        message: t('got a link that unpacks to more than {most} bytes, the most that is allowed; try to {instead}', {
          most: most.toLocaleString('en'),
          instead: t(LIMITS.unpacked.instead),
        }),
      },
    ])
  }
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}
