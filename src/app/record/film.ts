/**
 * A run as a film: the figure of the stage frame by frame, recorded by the browser as WebM. It is recorded as it plays, so
 * it takes as long as it lasts, or as the drawing takes.
 */
import { t } from '../../language/language.ts'
import type { Session } from '../session/session.ts'
import { drawFigure, type StageFigure } from './stageFigure.ts'

/** Kinds of film, the best first. */
const KINDS = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'] as const

/** Bits a second of a pixel. */
const QUALITY = 4

export interface FilmOptions {
  figure: StageFigure
  /** Frames a second. */
  pace: number
  signal: AbortSignal
  /** @param fraction of the film that is recorded */
  onProgress: (fraction: number) => void
}

/** Why this browser records no films, or undefined where it does. */
export function noFilm(): string | undefined {
  const able = 'MediaRecorder' in window && 'captureStream' in HTMLCanvasElement.prototype
  return able && kind() ? undefined : t('This browser records no films; Firefox, Chrome and Edge do.')
}

function kind(): string | undefined {
  return KINDS.find((type) => MediaRecorder.isTypeSupported(type))
}

/**
 * Shows every frame of the run once and records it; the frame that was on show comes back.
 * @returns undefined where it was given up
 * @throws RangeError where there is no picture, or too little to film
 */
export async function film(session: Session, options: FilmOptions): Promise<Blob | undefined> {
  const { engine, lab } = session
  const { figure, pace, signal, onProgress } = options
  const count = engine.frames.entries.length
  if (count < 2) throw new RangeError(t('a film needs at least two frames; let it run'))
  engine.pause()
  const before = lab.getState().shown
  const canvas = document.createElement('canvas')
  try {
    engine.rewind(0)
    if (!(await drawFigure(session, figure, canvas))) throw new RangeError(t('the picture is not drawn; show it first'))
    const recording = new Recording(canvas, pace)
    for (let k = 0; k < count && !signal.aborted; k++) {
      const due = performance.now() + 1000 / pace
      engine.rewind(k)
      await drawFigure(session, figure, canvas)
      recording.take()
      onProgress((k + 1) / count)
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
    }
    const made = await recording.end()
    return signal.aborted ? undefined : made
  } finally {
    engine.rewind(before)
  }
}

/** What is drawn on a canvas, a picture at a time. */
class Recording {
  private readonly track: CanvasCaptureMediaStreamTrack
  private readonly recorder: MediaRecorder
  private readonly parts: Blob[] = []

  constructor(canvas: HTMLCanvasElement, pace: number) {
    const stream = canvas.captureStream(0)
    this.track = stream.getVideoTracks()[0] as CanvasCaptureMediaStreamTrack
    this.recorder = new MediaRecorder(stream, {
      mimeType: kind(),
      videoBitsPerSecond: Math.min(4e7, canvas.width * canvas.height * QUALITY * Math.min(1, pace / 10)),
    })
    this.recorder.ondataavailable = ({ data }) => this.parts.push(data)
    this.recorder.start()
  }

  take(): void {
    this.track.requestFrame()
  }

  end(): Promise<Blob> {
    return new Promise((resolve) => {
      this.recorder.onstop = () => {
        this.track.stop()
        resolve(new Blob(this.parts, { type: 'video/webm' }))
      }
      this.recorder.stop()
    })
  }
}
