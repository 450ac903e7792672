/** Mounts one picture of the stage, and feeds it the frame on show. */

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { t } from '../../language/language.ts'
import { firstPicture } from '../ground/firstPicture.ts'
import { solverCame } from '../ground/house.ts'
import { useSession } from '../session/context.ts'
import { onShow } from '../session/onShow.ts'
import type { Session } from '../session/session.ts'
import { notify } from '../store/notices.ts'
import type { Side } from '../store/view.ts'
import type { Picture, Shown } from './picture.ts'
import { needsDrawing, reading, whatToShow } from './show.ts'

/** How long a first frame waits for the stage, ms. */
const PATIENCE = 100

export type ViewSettings = Pick<Shown, 'raised' | 'cuts' | 'bare'>

/** A value of the field, at a place in the picture. */
export interface HoverValue {
  x: number
  y: number
  text: string
}

interface Mounted {
  host: RefObject<HTMLDivElement | null>
  picture: RefObject<Picture | undefined>
  /** The frame on show has nothing for this side. */
  absent: boolean
  /** The browser has taken the WebGL context away; a plain map is shown until it comes back. */
  lost: boolean
  hover?: HoverValue
}

export function usePicture(side: Side, { raised, cuts, bare }: ViewSettings): Mounted {
  const session = useSession()
  const host = useRef<HTMLDivElement>(null)
  const picture = useRef<Picture>(undefined)
  const settings = useRef<ViewSettings>({ raised, cuts, bare })
  const [absent, setAbsent] = useState(false)
  const [lost, setLost] = useState(false)
  const [hover, setHover] = useState<HoverValue>()

  const draw = useCallback(() => {
    if (!picture.current) return
    const shown = whatToShow(session, side, settings.current)
    if (shown) picture.current.show(shown)
    setAbsent(!shown && onShow(session) !== undefined)
  }, [session, side])

  const readOut = useCallback(() => setHover(hoverValue(session, side, host.current, picture.current)), [session, side])

  useEffect(() => {
    settings.current = { raised, cuts, bare }
    draw()
  }, [draw, raised, cuts, bare])

  useEffect(() => {
    let leave: (() => void) | undefined
    const put = (shown: Picture) => {
      leave?.()
      picture.current = shown
      leave = session.pictures.put(side, shown)
      draw()
    }
    const unmount = mount(session, side, host.current, put, setLost)
    const stop = follow(session, draw, readOut)
    return () => {
      unmount()
      stop()
      leave?.()
      picture.current = undefined
    }
  }, [session, side, draw, readOut])

  return { host, picture, absent, lost, hover }
}

/** The values under a resting pointer follow the run, in both pictures. */
function hoverValue(
  session: Session,
  side: Side,
  host: HTMLElement | null,
  picture: Picture | undefined,
): HoverValue | undefined {
  const { gaze, lens } = session.view.getState()
  // The microscope tells the value where it looks.
  if (!gaze || !host || (lens && gaze.side === side)) return undefined
  const at = (gaze.side === side && gaze.pointer) || picture?.locate(gaze.point)
  const text = at && reading(session, side, gaze.point)
  const box = host.getBoundingClientRect()
  return text ? { x: at.x - box.left, y: at.y - box.top, text } : undefined
}

/**
 * Calls `put` with a picture in `host`, once its code has come, unless it was unmounted before; with a plain map in its
 * place while the WebGL context is lost, and with the picture again.
 */
function mount(
  session: Session,
  side: Side,
  host: HTMLElement | null,
  put: (picture: Picture) => void,
  onLost: (lost: boolean) => void,
): () => void {
  let alive = true
  let picture: Picture | undefined
  let substitute: Picture | undefined
  let without = false
  const lose = async (lost: boolean) => {
    without = lost
    const plain = lost ? await plainMap() : undefined
    // It may have come back meanwhile.
    if (!alive || !host || !picture || without !== lost) return
    substitute?.dispose()
    substitute = plain && new plain(host)
    put(substitute ?? picture)
    onLost(lost)
  }
  const start = async () => {
    if (!host) return
    try {
      // The solver comes first: a plain map, which is small, can show what it computes.
      const small = plainMap()
      const stage = Promise.race([solverCame, firstPicture]).then(() => import('./Stage.ts'))
      const late = firstPicture.then(() => delay(PATIENCE)).then(() => small)
      const plain = await Promise.race([stage.then(() => undefined), late])
      if (!alive) return
      if (plain) {
        substitute = new plain(host)
        put(substitute)
      }
      const { Stage } = await stage
      if (!alive) return
      substitute?.dispose()
      substitute = undefined
      picture = new Stage(host, session.pictures, (lost) => void lose(lost))
    } catch (error) {
      substitute?.dispose()
      substitute = undefined
      const plain = await plainMap()
      if (!alive) return
      picture = new plain(host)
      if (side === 'homogenized') explainPlainMap(session, error)
    }
    put(picture)
  }
  void start()
  return () => {
    alive = false
    substitute?.dispose()
    picture?.dispose()
  }
}

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

async function plainMap() {
  return (await import('./fallback.ts')).FallbackStage
}

function explainPlainMap({ lab }: Session, error: unknown): void {
  notify(lab, {
    level: 'warning',
    message: t('This browser gives no WebGL picture ({reason}). A plain map is shown; the computation is the same.', {
      reason: error instanceof Error ? error.message : String(error),
    }),
    advice: [t('Turn on hardware acceleration in the settings of the browser.'), t('Try another browser.')],
  })
}

function follow({ lab, view, pictures }: Session, draw: () => void, readOut: () => void): () => void {
  const stops = [
    lab.subscribe((s, before) => {
      if (!needsDrawing(s, before)) return
      draw()
      readOut()
    }),
    view.subscribe((s, before) => {
      if (s.comparison !== before.comparison || s.corrected !== before.corrected) draw()
      readOut()
    }),
    pictures.onMoved(readOut),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
