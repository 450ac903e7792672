/** The graphics process may take a WebGL context away (a driver's reset, too many pictures) and give it back later. */

/** Tells when the context of a canvas goes and when it has come back; returns how to stop. */
export function watchContext(canvas: HTMLCanvasElement, changed: (lost: boolean) => void): () => void {
  const lost = (event: Event) => {
    // Without this it would never come back.
    event.preventDefault()
    changed(true)
  }
  const restored = () => changed(false)
  canvas.addEventListener('webglcontextlost', lost)
  canvas.addEventListener('webglcontextrestored', restored)
  return () => {
    canvas.removeEventListener('webglcontextlost', lost)
    canvas.removeEventListener('webglcontextrestored', restored)
  }
}
