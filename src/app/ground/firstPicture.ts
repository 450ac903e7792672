/**
 * What is not needed for the first picture waits for it, so that on a slow line it does not share the way with the solver
 * and the stage.
 */

/** Longest wait, for pages whose first picture does not come, ms. */
const PATIENCE = 3000

let arrive: () => void = () => undefined

/** Settles with the first frame of the page, or after a while without. */
export const firstPicture = new Promise<void>((resolve) => {
  arrive = resolve
  setTimeout(resolve, PATIENCE)
})

export function pictureArrived(): void {
  arrive()
}
