import { Lattice } from '../../src/numerics/lattice.ts'
import type { SimplexMesh } from '../../src/numerics/simplex.ts'

/** Runs a generator to its end. */
export function finish<T>(generator: Generator<unknown, T>): T {
  for (;;) {
    const step = generator.next()
    if (step.done) return step.value
  }
}

/** Reproducible uniform numbers in [0, 1). */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Unit box whose nodes are moved at random by up to half of `amount` spacings per axis. */
export function perturbedMesh(sizes: number[], amount: number): SimplexMesh & { displacement: Float64Array } {
  const lattice = new Lattice(sizes)
  const d = sizes.length
  const spacing = sizes.map((n) => 1 / n)
  const next = random(11)
  const displacement = Float64Array.from(
    { length: d * lattice.count },
    (_, q) => amount * (next() - 0.5) * spacing[q % d],
  )
  return { lattice, spacing, displacement }
}
