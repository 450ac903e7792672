/** A chart as a file: pixels, or a drawing as SVG or PDF. */
import { t } from '../../language/language.ts'
import { bytesOf, download, fileName } from '../ground/download.ts'
import { trustedHtml } from '../ground/house.ts'
import type { Session } from '../session/session.ts'
import { identityOf, writePicture } from '../session/written.ts'
import { current } from '../store/lab.ts'
import type { Chart } from './chart.ts'
import { chartPicture, FINE, type Figure } from './chartPicture.ts'

export type FigureFormat = 'svg' | 'pdf' | 'png'

/** mm of a pixel of drawings, as everywhere in CSS. */
const PIXEL = 25.4 / 96

/** What sizes are given in, and how much of it a pixel of the drawing is. */
export const SIZES: Readonly<Record<FigureFormat, { unit: string; each: number; least: number; most: number }>> = {
  svg: { unit: 'px', each: 1, least: 200, most: 6000 },
  pdf: { unit: 'mm', each: PIXEL, least: 50, most: 1500 },
  png: { unit: 'px', each: FINE, least: 200, most: 6000 },
}

/** A side that was set for another format, as far as this one has it. @param side of the drawing, px */
export function within(side: number, format: FigureFormat): number {
  const { each, least, most } = SIZES[format]
  return Math.max(least / each, Math.min(most / each, side))
}

export async function saveChart(session: Session, chart: Chart, format: FigureFormat, figure: Figure): Promise<void> {
  const name = `${fileName(current(session.lab.getState()).title)}-${fileName(chart.name)}`
  if (format === 'png') {
    await writePicture(session, name, bytesOf(await chartPicture(chart, 'png', figure)))
    return
  }
  const identity = await identityOf(session)
  if (format === 'svg') {
    const { recordedSvg } = await import('../../record/files.ts')
    download(`${name}.svg`, recordedSvg(svgOf(await chartPicture(chart, 'svg', figure)), identity), 'image/svg+xml')
    return
  }
  const { FACE, loadFace, pdfOf } = await import('./pdf.ts')
  await loadFace()
  const svg = svgOf(await chartPicture(chart, 'svg', { ...figure, face: FACE }))
  const drawing = new DOMParser().parseFromString(trustedHtml(svg), 'image/svg+xml').querySelector('svg')
  if (!drawing) throw new RangeError(t('the chart could not be read as a drawing; save it as SVG'))
  const page = { width: figure.width * PIXEL, height: figure.height * PIXEL }
  download(`${name}.pdf`, await pdfOf(drawing, page, identity), 'application/pdf')
}

/** What an address of the kind data:image/svg+xml,… holds. */
function svgOf(address: string): string {
  return decodeURIComponent(address.slice(address.indexOf(',') + 1))
}
