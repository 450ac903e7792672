/** A scenario as text for a link: JSON, deflated, base64url. The text is self-contained; nothing is stored anywhere. */

import { InputError, shortened } from '../parameter.ts'
import { present } from '../present.ts'
import { parseScenario } from './parse.ts'
import type { Scenario } from './scenario.ts'

/** @returns text that may stand in the hash of a link */
export async function encodeScenario(scenario: Scenario): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(scenario))
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
      warning: `The resolved model is left out: ${shortened(error.problems[0].message, 240)}.`,
    }
  }
}

/** @throws InputError when the text is cut short, damaged, or holds no valid scenario */
export async function decodeScenario(text: string): Promise<Opened> {
  let json: unknown
  try {
    const packed = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
    json = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(await pipe(packed, new DecompressionStream('deflate-raw'))),
    )
  } catch {
    throw new InputError([
      {
        path: 'link',
        message: `got ${text.length} characters that do not unpack to a scenario; the link was probably cut short when it was copied; copy it again or open the scenario as a file`,
      },
    ])
  }
  return openScenario(json)
}

async function pipe(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(through)
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
