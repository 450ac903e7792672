/** The place of the eye and the point it looks at, as numbers that outlive a picture (`Pictures.camera`). */
import type { Camera } from 'three'
import type { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js'

export function eyeOf(camera: Camera, { target }: OrbitControls): number[] {
  return [...camera.position.toArray(), ...target.toArray()]
}

/** Looks from there, where the picture has been turned before. */
export function lookFrom(eye: readonly number[] | undefined, camera: Camera, controls: OrbitControls): void {
  if (!eye) return
  camera.position.fromArray(eye, 0)
  controls.target.fromArray(eye, 3)
  controls.update()
}
