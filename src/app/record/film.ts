/**
 * Films: the figure of the stage picture by picture, recorded by the browser as WebM. A film is recorded as it plays, so it
 * takes as long as it lasts, or as the drawing takes. Browsers keep no pace in a hidden tab: there it waits.
 */
import { t } from '../../language/language.ts'
import { context2d } from '../ground/canvas.ts'
import type { Session } from '../session/session.ts'
import { drawFigure, type StageFigure } from './stageFigure.ts'

/** Kinds of film, the best first. */
const KINDS = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'] as const

/** Bits a second of a pixel. */
const QUALITY = 4

/** A picture that stands longer is recorded again, so that it gets sharp and lasts as long as it should, ms. */
const STANDING = 100

/** A picture of a film. */
export interface Take {
  /** Brings it on the stage. */
  show(): void
  /** What is said before field and time. */
  caption?: string
}

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
 * Every frame of the run once; the frame that was on show comes back.
 * @returns undefined where it was given up
 * @throws RangeError where there is no picture, or too little to film
 */
export async function filmRun(session: Session, options: FilmOptions): Promise<Blob | undefined> {
  const { engine, lab } = session
  const takes = engine.frames.entries.map((_, k): Take => ({ show: () => engine.rewind(k) }))
  if (takes.length < 2) throw new RangeError(t('a film needs at least two frames; let it run'))
  engine.pause()
  const before = lab.getState().shown
  try {
    return await film(session, takes, options)
  } finally {
    engine.rewind(before)
  }
}

/**
 * @returns undefined where it was given up
 * @throws RangeError where there is no picture
 */
export async function film(
  session: Session,
  takes: readonly Take[],
  { figure, pace, signal, onProgress }: FilmOptions,
): Promise<Blob | undefined> {
  const canvas = document.createElement('canvas')
  const shoot = async ({ show, caption }: Take) => {
    show()
    return drawFigure(session, { ...figure, caption }, canvas)
  }
  const drawn = await shoot(takes[0])
  // A film that is given up takes its stage along.
  if (signal.aborted) return undefined
  if (!drawn) throw new RangeError(t('the picture is not drawn; show it first'))
  const recording = new Recording(canvas)
  let made: Blob
  try {
    for (const [k, take] of takes.entries()) {
      if (signal.aborted) return undefined
      const begun = performance.now()
      // The first one is there, so that it lasts as long as the others.
      if (k > 0) await shoot(take)
      onProgress((k + 1) / takes.length)
      let left = 1000 / pace - (performance.now() - begun)
      do {
        // A recorder that goes on takes a moment for it.
        const away = document.hidden
        await inSight(signal)
        recording.take()
        const from = performance.now()
        await new Promise((resolve) => setTimeout(resolve, Math.min(STANDING, Math.max(0, left))))
        if (!away && !document.hidden) left -= performance.now() - from
      } while (left > 0 && !signal.aborted)
    }
    // The last picture lasts until another comes.
    recording.take()
    await new Promise((resolve) => setTimeout(resolve, STANDING))
  } finally {
    made = await recording.end()
  }
  return signal.aborted ? undefined : made
}

/** Settles when the tab is in front, or nobody waits for it any more. */
function inSight(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const life = new AbortController()
    const look = () => {
      if (document.hidden && !signal.aborted) return
      life.abort()
      resolve()
    }
    document.addEventListener('visibilitychange', look, { signal: life.signal })
    signal.addEventListener('abort', look, { signal: life.signal })
    look()
  })
}

/** What is drawn on a canvas, a picture at a time; it stands still while the tab is hidden. */
class Recording {
  private readonly life = new AbortController()
  private readonly context: CanvasRenderingContext2D
  private readonly track: CanvasCaptureMediaStreamTrack
  private readonly recorder: MediaRecorder
  private readonly parts: Blob[] = []

  constructor(canvas: HTMLCanvasElement) {
    this.context = context2d(canvas)
    const stream = canvas.captureStream(0)
    this.track = stream.getVideoTracks()[0] as CanvasCaptureMediaStreamTrack
    this.recorder = new MediaRecorder(stream, {
      mimeType: kind(),
      videoBitsPerSecond: Math.min(4e7, canvas.width * canvas.height * QUALITY),
    })
    this.recorder.ondataavailable = ({ data }) => this.parts.push(data)
    this.recorder.start()
    const follow = () => (document.hidden ? this.recorder.pause() : this.recorder.resume())
    document.addEventListener('visibilitychange', follow, { signal: this.life.signal })
    if (document.hidden) follow()
  }

  take(): void {
    // A canvas that has not been drawn on since is not taken again.
    this.context.drawImage(this.context.canvas, 0, 0, 1, 1, 0, 0, 1, 1)
    this.track.requestFrame()
  }

  end(): Promise<Blob> {
    this.life.abort()
    return new Promise((resolve) => {
      this.recorder.onstop = () => {
        this.track.stop()
        resolve(new Blob(this.parts, { type: 'video/webm' }))
      }
      this.recorder.stop()
    })
  }
}
