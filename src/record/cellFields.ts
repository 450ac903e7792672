/**
 * What a cell problem found inside the cell, as NumPy arrays (NPZ). With n nodes an axis and z before y before x:
 *
 *   position      [n, (n,) n, d]        of the nodes, in periods
 *   corrector_x   [n, (n,) n]           chi^x at the nodes; no number where nothing conducts (Stokes: the pressure)
 *   flux_x        [n, (n,) n, d]        -k (e_x + grad chi^x), mean over the cube that begins at each node (Stokes: velocity)
 *   sensitivity   [n, (n,) n, d!]       of the simplices of those cubes
 *   phase         [n, (n,) n, d!]       of the simplices, into `phases` of record.json; 255 holds nothing
 */
import { strToU8, zipSync } from 'fflate'
import type { CellMesh, CellProblemResult } from '../cell/cell.ts'
import { VERSION } from '../version.ts'
import { npy } from './fields.ts'
import { PROGRAM } from './identity.ts'

const AXES = 'xyz'

/** @param cell as it was described, for the record */
export function cellNpz(mesh: CellMesh, problem: CellProblemResult, cell: unknown): Uint8Array<ArrayBuffer> {
  const { dimension: d, n, displacement } = mesh
  const cubes = Array<number>(d).fill(n)
  const simplices = mesh.simplexPhase.length / n ** d
  const entries: Record<string, Uint8Array> = {}
  const add = (name: string, values: ArrayLike<number>, ...more: number[]) => {
    entries[`${name}.npy`] = npy(Float64Array.from(values), [...cubes, ...more])
  }
  const position = displacement.map((by, k) => (Math.floor(Math.floor(k / d) / n ** (k % d)) % n) / n + by)
  add('position', position, d)
  problem.correctors.forEach((chi, axis) => {
    add(`corrector_${AXES[axis]}`, chi)
  })
  problem.flux.forEach((flux, axis) => {
    add(`flux_${AXES[axis]}`, flux, d)
  })
  add('sensitivity', problem.sensitivity, simplices)
  add('phase', mesh.simplexPhase, simplices)
  const { kind, phase, name, coefficients } = problem
  const about = {
    program: PROGRAM,
    version: VERSION,
    cell,
    problem: { kind, phase, name, coefficients },
    phases: mesh.phases,
    order: [...AXES.slice(0, d)].reverse(),
  }
  entries['record.json'] = strToU8(JSON.stringify(about, null, 2))
  return zipSync(entries) as Uint8Array<ArrayBuffer>
}
