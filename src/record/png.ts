/** Text in a PNG picture: chunks iTXt (UTF-8) behind its header, as the format has them. */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Signature and header chunk. */
const HEAD = 33

const CRCS = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

function crc(bytes: Uint8Array): number {
  let c = 0xffffffff
  for (const byte of bytes) c = CRCS[(c ^ byte) & 255] ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}

/** Keyword, no compression, no language, no translated keyword, text. */
function chunk(keyword: string, text: string): Uint8Array {
  const body = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`)
  const out = new Uint8Array(body.length + 8)
  const view = new DataView(out.buffer)
  view.setUint32(0, body.length - 4)
  out.set(body, 4)
  view.setUint32(body.length + 4, crc(body))
  return out
}

function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, k) => bytes[k] === byte)
}

/**
 * The picture with texts in it, which viewers and `exiftool` show.
 * @param texts keyword (at most 79 letters of Latin-1) and text
 * @throws RangeError for what is no PNG
 */
export function withTexts(png: Uint8Array, texts: readonly (readonly [string, string])[]): Uint8Array<ArrayBuffer> {
  if (!isPng(png)) throw new RangeError('got bytes that are no PNG picture')
  const chunks = texts.map(([keyword, text]) => chunk(keyword, text))
  const out = new Uint8Array(png.length + chunks.reduce((sum, { length }) => sum + length, 0))
  out.set(png.subarray(0, HEAD))
  let at = HEAD
  for (const part of chunks) {
    out.set(part, at)
    at += part.length
  }
  out.set(png.subarray(HEAD), at)
  return out
}

/** The texts that a PNG holds uncompressed, by keyword. */
export function textsIn(png: Uint8Array): Map<string, string> {
  const found = new Map<string, string>()
  if (!isPng(png)) return found
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  for (let at = SIGNATURE.length; at + 12 <= png.length; ) {
    const length = view.getUint32(at)
    const body = png.subarray(at + 4, at + 8 + length)
    const [keyword, ...rest] = new TextDecoder().decode(body.subarray(4)).split('\0')
    const type = String.fromCharCode(...body.subarray(0, 4))
    if (type === 'iTXt' && view.getUint32(at + 8 + length) === crc(body)) found.set(keyword, rest.slice(4).join('\0'))
    at += 12 + length
  }
  return found
}
