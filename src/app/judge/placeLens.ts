/** Where the microscope stands: beside the point it looks at, never over it, inside the stage. */

export interface Size {
  width: number
  height: number
}

/** Between the point and the lens, px. */
const GAP = 18

/** Largest picture of a lens whose frame and words need `extra`, so that there is room on one side of any point. */
export function lensSide(stage: Size, extra: Size, most: number): number {
  const beside = Math.min(stage.width / 2 - GAP - extra.width, stage.height - extra.height)
  const above = Math.min(stage.width - extra.width, stage.height / 2 - GAP - extra.height)
  return Math.max(60, Math.min(most, Math.max(beside, above)))
}

/** Left and top of the lens, in the stage. */
export function placeLens(point: { x: number; y: number }, lens: Size, stage: Size): { left: number; top: number } {
  const along = (at: number, size: number, room: number) => Math.max(0, Math.min(room - size, at - size / 2))
  const top = along(point.y, lens.height, stage.height)
  const left = along(point.x, lens.width, stage.width)
  const places = [
    { left: point.x + GAP, top, room: stage.width - point.x - GAP - lens.width },
    { left: point.x - GAP - lens.width, top, room: point.x - GAP - lens.width },
    { left, top: point.y - GAP - lens.height, room: point.y - GAP - lens.height },
    { left, top: point.y + GAP, room: stage.height - point.y - GAP - lens.height },
  ]
  const best = places.find((p) => p.room >= 0) ?? places.reduce((a, b) => (b.room > a.room ? b : a))
  return { left: best.left, top: best.top }
}
