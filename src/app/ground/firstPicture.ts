/**
 * What is not needed for the first picture waits for it, so that on a slow line it does not share the way with the solver
 * and the stage.
 */

/** Longest wait, for pages whose first picture does not come, ms. */
const PATIENCE = 3000
/** Longest wait of a picture that is there to move, ms. */
const MOVING = 700

let arrive: () => void = () => undefined
let still: ReturnType<typeof setTimeout> | undefined

/** Settles once the first picture moves, a while after it where it does not, or after a longer while without any. */
export const firstPicture = new Promise<void>((resolve) => {
  arrive = resolve
  setTimeout(resolve, PATIENCE)
})

/** @param moves it is not the first frame alone, or a run that stands still */
export function pictureArrived(moves: boolean): void {
  if (moves) arrive()
  else if (still === undefined) still = setTimeout(arrive, MOVING)
}
