/** What the dialog saves. */
import { t } from '../../language/language.ts'
import type { FieldSet } from '../../record/fields.ts'
import { download, fileName } from '../ground/download.ts'
import type { FigureFormat } from '../kit/chartFile.ts'
import { capsuleText, packedCapsule } from '../session/capsules.ts'
import { onShow } from '../session/onShow.ts'
import type { Session } from '../session/session.ts'
import { identityOf, writePicture } from '../session/written.ts'
import { current } from '../store/lab.ts'
import { columnsBeyondFields, valuesOf } from '../store/quantities.ts'
import { type StageFigure, stageDrawing, stageFigure } from './stageFigure.ts'

export type FieldFormat = 'csv' | 'npz' | 'npy' | 'vti'
export type Side = 'homogenized' | 'resolved'

/** mm of a pixel of a printed picture: 300 to the inch. */
export const PRINTED = 25.4 / 300

const baseName = ({ lab }: Session) => fileName(current(lab.getState()).title)

/** @throws RangeError where there is nothing to save yet */
function onShowOf({ engine }: Session) {
  const entry = engine.shownFrame()
  if (!entry) throw new RangeError(t('there is no frame yet; let it compute one'))
  return entry
}

export async function saveCapsule(session: Session): Promise<void> {
  download(`${baseName(session)}-capsule.json`, await capsuleText(session), 'application/json')
}

/** A link that runs again and says whether the numbers are the same. @param link to what is on show */
export async function checkedLink(session: Session, link: string): Promise<string> {
  return `${link}&r=${await packedCapsule(session)}`
}

export async function saveFigure(session: Session, format: FigureFormat, options: StageFigure): Promise<void> {
  onShowOf(session)
  const name = `${baseName(session)}-figure`
  if (format === 'png') {
    await writePicture(session, name, drawn(await stageFigure(session, options)))
    return
  }
  const identity = await identityOf(session)
  if (format === 'svg') {
    const { recordedSvg } = await import('../../record/files.ts')
    const svg = new XMLSerializer().serializeToString(drawn(await stageDrawing(session, options)))
    download(`${name}.svg`, recordedSvg(svg, identity), 'image/svg+xml')
    return
  }
  const { FACE, loadFace, pdfOf } = await import('../kit/pdf.ts')
  await loadFace()
  const drawing = drawn(await stageDrawing(session, options, FACE))
  const { width, height } = drawing.viewBox.baseVal
  const page = { width: width * PRINTED, height: height * PRINTED }
  download(`${name}.pdf`, await pdfOf(drawing, page, identity), 'application/pdf')
}

/** @throws RangeError where there is no picture */
function drawn<T>(made: T | undefined): T {
  if (made === undefined) throw new RangeError(t('the picture is not drawn; show the picture, and save it then'))
  return made
}

/** The fields of the frame on show with what follows from them, of the homogenized model, or those of the resolved one beside it. */
function fieldsOnShow(session: Session, side: Side): FieldSet {
  const { full, model, t: time } = onShowOf(session)
  if (side === 'homogenized') {
    const { macro } = full.checkpoint
    const columns = columnsBeyondFields({ full, model })
    return {
      macro,
      fields: [...model.fields, ...columns],
      values: [...full.fields, ...columns.map(({ values }) => values)],
      t: time,
    }
  }
  if (!model.resolved || !full.resolved) throw new RangeError(t('no resolved model runs beside; add one first'))
  return { macro: model.resolved.macro, fields: model.fields, values: full.resolved.fields, t: time }
}

/** What the picture shows, alone. */
function alone(session: Session, side: Side, macro: FieldSet['macro']): FieldSet {
  const now = onShow(session)
  const values = now && side === 'homogenized' && valuesOf(now.entry, now.index)
  if (!now || !values) throw new RangeError(t('the resolved model has only fields of its own; show one of them first'))
  return { macro, fields: [now.field], values: [values], t: now.entry.t }
}

/** @param field the one that an NPY holds */
export async function saveFields(session: Session, format: FieldFormat, side: Side, field: string): Promise<void> {
  const { fieldNpy, fieldsNpz, fieldsTable, fieldsVti } = await import('../../record/fields.ts')
  const set = fieldsOnShow(session, side)
  const identity = await identityOf(session)
  const name = `${baseName(session)}-${side === 'resolved' ? 'resolved-' : ''}fields-${onShowOf(session).index}`
  switch (format) {
    case 'csv':
      download(`${name}.csv`, fieldsTable(set, identity), 'text/csv')
      return
    case 'vti':
      download(`${name}.vti`, fieldsVti(set, identity), 'application/xml')
      return
    case 'npz':
      download(`${name}.npz`, fieldsNpz(set, identity), 'application/zip')
      return
    case 'npy': {
      const place = set.fields.findIndex((f) => f.name === field)
      // Of a flow in the plane or in space its length, as the picture shows it.
      const one = place < 0 ? alone(session, side, set.macro) : set
      const k = Math.max(0, place)
      download(`${name}-${one.fields[k].name}.npy`, fieldNpy(one, k), 'application/octet-stream')
    }
  }
}
