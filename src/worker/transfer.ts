import type { Frame } from '../simulation/frame.ts'

/** The heavy arrays of a frame change hands instead of being copied; a buffer that two of them view is named once. */
export function buffers({ fields, observables, checkpoint, resolved }: Frame): ArrayBuffer[] {
  const arrays = [...fields, observables, checkpoint.u]
  if (resolved) arrays.push(...resolved.fields, resolved.observables)
  if (checkpoint.resolved) arrays.push(checkpoint.resolved.u)
  return [...new Set(arrays.map((array) => array.buffer as ArrayBuffer))]
}
