/**
 * Drawings as PDF: one page, lines as vectors, text as text in a font that is embedded as far as it is used. The standard
 * fonts of PDF know neither Greek letters nor raised signs. Loaded when a PDF is asked for.
 */
import fontAddress from '@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf?url'
import type { jsPDF } from 'jspdf'
import { t } from '../../language/language.ts'
import { type Identity, identityLines } from '../../record/identity.ts'
import { textAsPicture } from './textAsPicture.ts'

/** The font of PDFs: as wide as the usual ones of screens, and with what formulas in a line of text need. */
export const FACE = 'Arimo'

const XLINK = 'http://www.w3.org/1999/xlink'

/** Size of letters where a drawing says none, px. */
const USUAL = 16

/** Size of a page, mm. */
export interface Page {
  width: number
  height: number
}

let face: Promise<string> | undefined

/**
 * Fetches the font once and makes it known to the page, where text is measured.
 * @returns its bytes, each a character
 * @throws RangeError without a network, where the page is not kept
 */
export function loadFace(): Promise<string> {
  face ??= fetchFace().catch((error: unknown) => {
    face = undefined
    throw error
  })
  return face
}

async function fetchFace(): Promise<string> {
  const answer = await fetch(fontAddress).catch(() => undefined)
  if (!answer?.ok)
    throw new RangeError(t('the font of PDFs could not be loaded; try again when you are online, or save an SVG'))
  const bytes = await answer.arrayBuffer()
  document.fonts.add(await new FontFace(FACE, bytes).load())
  return Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('')
}

/**
 * A drawing filled into a page.
 * @param svg is changed; pictures that lie in it untransformed may be large
 */
export async function pdfOf(svg: SVGSVGElement, page: Page, identity: Identity): Promise<ArrayBuffer> {
  const [{ jsPDF }, { svg2pdf }, font] = await Promise.all([import('jspdf'), import('svg2pdf.js'), loadFace()])
  const { width, height } = page
  const orientation = width > height ? 'landscape' : 'portrait'
  const doc = new jsPDF({ unit: 'mm', format: [width, height], orientation, compress: true, putOnlyUsedFonts: true })
  doc.addFileToVFS(`${FACE}.ttf`, font)
  doc.addFont(`${FACE}.ttf`, FACE, 'normal')
  doc.setFont(FACE)
  const lines = identityLines(identity).map(([name, text]) => `${name}: ${text}`)
  doc.setDocumentProperties({
    title: utf16(identity.title),
    subject: utf16(lines.join('\n')),
    creator: `${identity.program} ${identity.version}`,
  })
  for (const text of svg.querySelectorAll('text')) setInFace(text, doc)
  const scale = width / svg.viewBox.baseVal.width
  for (const part of partsOf(svg)) {
    if (part instanceof SVGSVGElement) {
      await svg2pdf(part, doc, { width, height })
      continue
    }
    const [x, y, w, h] = ['x', 'y', 'width', 'height'].map((name) => scale * Number(part.getAttribute(name)))
    doc.addImage(part.getAttributeNS(XLINK, 'href') ?? '', 'PNG', x, y, w, h, undefined, 'FAST')
  }
  return doc.output('arraybuffer')
}

/** Pictures of a drawing, which its library reads too slowly, and what lies below, between and above them. */
function partsOf(svg: SVGSVGElement): SVGElement[] {
  const parts: SVGElement[] = []
  let layer = svg.cloneNode() as SVGSVGElement
  for (const child of [...svg.children]) {
    if (child instanceof SVGImageElement && !child.hasAttribute('transform')) {
      parts.push(layer, child)
      layer = svg.cloneNode() as SVGSVGElement
    } else layer.append(child)
  }
  return [...parts, layer]
}

/** Text in the font of the PDF; as a picture where that font lacks a sign of it. */
function setInFace(text: SVGTextElement, doc: jsPDF): void {
  const { metadata } = doc.getFont() as { metadata: { characterToGlyph(code: number): number } }
  inPixels(text, USUAL)
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
  // Signs without a shape, such as those that only part words.
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    node.nodeValue = (node.nodeValue ?? '').replace(/\p{Cf}/gu, '')
  const known = [...(text.textContent ?? '')].every((sign) => metadata.characterToGlyph(sign.codePointAt(0) ?? 0) > 0)
  if (!known) text.replaceWith(textAsPicture(text))
}

/** Font, and lengths in pixels, which is all that the library reads right. @param around size of the letters around it, px */
function inPixels(part: SVGTextElement | SVGTSpanElement, around: number): void {
  const { style } = part
  const [, value, unit] = /^([\d.]+)(px|em|%)$/.exec(style.fontSize) ?? []
  const size = value ? Number(value) * ({ px: 1, em: around, '%': around / 100 }[unit] ?? 1) : around
  style.font = `${size}px ${FACE}`
  for (const name of ['dx', 'dy']) {
    const [, times] = /^(.*)em$/.exec(part.getAttribute(name) ?? '') ?? []
    if (times) part.setAttribute(name, String(Number(times) * size))
  }
  for (const inner of part.querySelectorAll<SVGTSpanElement>(':scope > tspan')) inPixels(inner, size)
}

/** As PDF has text beyond Latin: two bytes a unit behind a mark. */
function utf16(text: string): string {
  const units = Array.from({ length: text.length }, (_, k) => text.charCodeAt(k))
  return ['\xfe\xff', ...units.map((unit) => String.fromCharCode(unit >> 8, unit & 255))].join('')
}
