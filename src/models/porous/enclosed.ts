/**
 * Pores that no held concentration reaches: between closed walls nothing flows in or out, so a steady state keeps the
 * amount that was there. Their rows take implicit steps instead of the steady equation, which is singular there:
 *
 *   ( m - J ) du = F,   m = pore d / (100 span²):   amounts stay up to round-off, profiles settle by a factor of 1000 a step
 */
import type { PorousEquations } from './equations.ts'

/** m per row of the state, zero where the sides decide. */
export function enclosedMass(equations: PorousEquations): Float64Array {
  const { setting, held, rateCount, size } = equations
  const { net, species } = setting
  const { nodes: n, pore, position } = net
  const mass = new Float64Array(size)
  const next = neighbours(equations)
  const length = position[3 * net.right.node[0]]
  for (let r = 0; r < rateCount; r++) {
    const seen = new Uint8Array(n)
    const spread = (start: readonly number[]): number[] => {
      const piece = [...start]
      for (const p of piece) seen[p] = 1
      for (let head = 0; head < piece.length; head++)
        for (const q of next[piece[head]])
          if (seen[q] === 0) {
            seen[q] = 1
            piece.push(q)
          }
      return piece
    }
    spread(Array.from({ length: n }, (_, p) => p).filter((p) => pore[p] > 0 && held[r * n + p] === 1))
    for (let p = 0; p < n; p++) {
      if (seen[p] === 1 || pore[p] === 0) continue
      const piece = spread([p])
      const extent = [0, 1, 2].map((c) => {
        const along = piece.map((q) => position[3 * q + c])
        return along.reduce((a, b) => Math.max(a, b)) - along.reduce((a, b) => Math.min(a, b))
      })
      const span = Math.max(1e-3 * length, ...extent)
      for (const q of piece) mass[r * n + q] = (pore[q] * species[r].diffusivity) / (100 * span ** 2)
    }
  }
  return mass
}

/** Nodes that ions reach from each node along one edge. */
function neighbours({ setting }: PorousEquations): number[][] {
  const { edges, nodes } = setting.net
  const next: number[][] = Array.from({ length: nodes }, () => [])
  for (let k = 0; k < edges.count; k++) {
    if (edges.diffusion[k] === 0 && edges.drift[k] === 0) continue
    next[edges.from[k]].push(edges.to[k])
    next[edges.to[k]].push(edges.from[k])
  }
  return next
}
