/** Probes: up to four points whose values the charts follow. Without any, the middle of Ω is watched. */
import { current, type Lab, type LabState } from './lab.ts'

const MOST = 4

export function addProbe(lab: Lab, point: readonly number[]): void {
  lab.setState(({ probes }) => {
    const id = 1 + Math.max(0, ...probes.map((p) => p.id))
    return { probes: [...probes, { id, point: [...point] }].slice(-MOST) }
  })
}

export function removeProbe(lab: Lab, id: number): void {
  lab.setState(({ probes }) => ({ probes: probes.filter((p) => p.id !== id) }))
}

export function moveProbe(lab: Lab, id: number, point: readonly number[]): void {
  lab.setState(({ probes }) => ({ probes: probes.map((p) => (p.id === id ? { id, point: [...point] } : p)) }))
}

/** Place among the probes of the one nearest to a point; -1 without any. */
export function nearestProbe(lab: Lab, point: readonly number[]): number {
  const distances = lab.getState().probes.map((p) => Math.hypot(...point.map((x, axis) => x - (p.point[axis] ?? 0))))
  return distances.indexOf(Math.min(...distances))
}

export function probePoints(state: LabState): number[][] {
  if (state.probes.length > 0) return state.probes.map((p) => p.point)
  const { macro } = current(state)
  return [macro.size.slice(0, macro.dimension).map((s) => s / 2)]
}
