/** A film that is given up while its first picture comes: no fault, and nothing waits for a stage that is gone. */
import { afterEach, expect, it, vi } from 'vitest'
import { type Darkroom, developed } from '../../src/app/record/darkroom.ts'
import { type FilmOptions, film } from '../../src/app/record/film.ts'
import type { Session } from '../../src/app/session/session.ts'
import { createLab } from '../../src/app/store/lab.ts'
import { Pictures } from '../../src/app/store/pictures.ts'
import opening from '../../src/scenarios/porous-opening.json'
import { parseScenario } from '../../src/simulation/parse.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** A laboratory whose stage is not there. */
function bare(): Session {
  const session: Pick<Session, 'lab' | 'pictures'> = {
    lab: createLab(parseScenario(opening), 'paused'),
    pictures: new Pictures(),
  }
  return session as Session
}

const options = (signal: AbortSignal): FilmOptions => ({
  figure: { width: 300, ground: 'light', titled: true },
  pace: 10,
  signal,
  onProgress: () => undefined,
})

it('waits for pictures no longer than they are wanted', async () => {
  const control = new AbortController()
  const darkroom: Darkroom = { session: bare(), takes: [] }
  const waiting = developed(darkroom, control.signal)
  control.abort()
  await expect(waiting).resolves.toBeUndefined()
})

it('makes none without a picture, which is a fault unless it was given up', async () => {
  vi.stubGlobal('document', { createElement: () => ({}) })
  const takes = [{ show: () => undefined }]
  await expect(film(bare(), takes, options(new AbortController().signal))).rejects.toThrow('the picture is not drawn')
  await expect(film(bare(), takes, options(AbortSignal.abort()))).resolves.toBeUndefined()
})
