/** Files with their identity in them: tables, pictures, JSON. */
import { type Identity, identityLines, remarks } from './identity.ts'
import { withTexts } from './png.ts'

export function recordedTable(text: string, identity: Identity): string {
  return remarks(identity) + text
}

/** @throws RangeError for what is no PNG */
export async function recordedPicture(png: Blob | Uint8Array, identity: Identity): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = png instanceof Uint8Array ? png : new Uint8Array(await png.arrayBuffer())
  return withTexts(bytes, identityLines(identity))
}

/** SVG: the identity as its description, behind the opening tag. */
export function recordedSvg(svg: string, identity: Identity): string {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const lines = identityLines(identity).map(([name, text]) => escaped(`${name}: ${text}`))
  return svg.replace(/<svg\b[^>]*>/, (opening) => `${opening}<desc>${lines.join('\n')}</desc>`)
}

export function recordedJson(value: object, identity: Identity): string {
  return `${JSON.stringify({ ...value, record: identity }, null, 2)}\n`
}
