/** A scenario as text for a link: JSON, deflated, base64url. The text is self-contained; nothing is stored anywhere. */
import { InputError } from '../parameter.ts'
import { parseScenario, type Scenario } from './scenario.ts'

/** @returns text that may stand in the hash of a link */
export async function encodeScenario(scenario: Scenario): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(scenario))
  const packed = await pipe(bytes, new CompressionStream('deflate-raw'))
  let text = ''
  for (const byte of packed) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** @throws InputError when the text is cut short, damaged, or holds no valid scenario */
export async function decodeScenario(text: string): Promise<Scenario> {
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
  return parseScenario(json)
}

async function pipe(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(through)
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
