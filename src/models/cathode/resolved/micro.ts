/**
 * The resolved model of a scenario, judge of the homogenized cathode. In the limit s = l / L -> 0 the box, the current,
 * D_s and the reaction per volume stay while the cells shrink: the rate of the reaction is scaled by the period.
 */

import type { CellResult } from '../../../cell/cell.ts'
import { pieceAtNodes } from '../../../cell/where.ts'
import { t } from '../../../language/language.ts'
import { InputError, type Problem } from '../../../parameter.ts'
import { FARADAY } from '../../constants.ts'
import type { MacroSpec, ResolvedSetup } from '../../family.ts'
import { materialsOf } from '../equations/materials.ts'
import type { CellDescription } from '../equations/model.ts'
import type { CathodeSetting } from '../equations/setting.ts'
import { readKinds } from '../homogenized/carry.ts'
import { cathodeSetting, classOf, densityOf } from '../homogenized/macro.ts'
import { FRONT, ofSecond } from '../homogenized/material.ts'
import { checkSetting } from '../homogenized/notices.ts'
import { type Places, refuseBeyond } from '../homogenized/written.ts'
import type { CathodeInput } from '../input.ts'
import { offset } from '../laws/electrolyte.ts'
import { PHI, PSI } from '../layout.ts'
import { fieldsIn } from '../outputs.ts'
import type { CathodeValues } from '../parameters/index.ts'
import { ACTIVE2 } from '../phases.ts'
import { inKindsOf, type ParticleKind } from '../structure/kinds.ts'
import { cathodeStructure } from '../structure/structure.ts'
import { ResolvedCathode } from './model.ts'
import { resolvedNotices } from './notices.ts'
import { reconstruct } from './reconstruct.ts'
import { separatorCells, tabRows, unresolvable } from './resolvable.ts'
import { differ, drawSpreads, spreadProblems } from './spreads.ts'
import { type CathodeTiling, cellAt, placeIn, type StripSpec, stripCells, tileCathode } from './tiling.ts'

/**
 * The resolved model on setup.repeat cells of the size input.cellSize. Yields on the way.
 * @throws InputError when the resolved model cannot take the cell or the parameters
 */
export function* microModel(
  given: CathodeInput,
  cell: CellResult,
  setup: ResolvedSetup,
): Generator<void, ResolvedCathode> {
  const problems = unresolvable(given, cell, setup)
  if (problems.length > 0) throw new InputError(problems)
  const { parameters: v, cellSize } = given
  const { repeat } = setup
  // The homogenized cell, in cells of the scenario's own size.
  const input = {
    ...given,
    cellSize: cellSize / setup.factor,
    macro: setup.from?.macro ?? homogenizedBox(given, setup),
  }
  const own = cathodeStructure(input, cell)
  // Its mesh may tell particles apart that are alike on that of the homogenized cell, whose kinds they are shown in.
  const theirs = setup.layout === undefined ? undefined : readKinds(setup.layout)
  const kinds = theirs ? inKindsOf(cell, own.kinds, theirs.parts, theirs.second) : own.kinds
  const structure = { ...own, kinds }
  const { setting, limits, notices } = cathodeSetting(input, structure)
  // Inside a particle the gradient energy is that of the material, whatever the homogenized solid has.
  setting.solid.gradient = frontGradient(v, setting)
  if (setting.second) setting.second.solid.gradient = frontGradient(ofSecond(v), setting)
  problems.push(...structure.problems, ...checkSetting(setting, limits), ...coarse(setting, cellSize / cell.mesh.n))
  if (problems.length > 0) throw new InputError(problems)
  const spec: StripSpec = {
    size: cellSize,
    repeat,
    tab: tabRows(given, setup),
    separator: { cells: separatorCells(given), p: setting.separator.p, T: setting.separator.T[0] },
    conductivity: { active: v.sigma_active, carbon: v.sigma_carbon, active2: v.sigma_active_2 },
    open: v.carbon_permeable === true,
    // The rate of the reaction goes with the period, so that it stays the same per volume.
    roughness: v.area_factor * setup.factor,
  }
  const strip = stripCells(cell, spec.separator.cells)
  const tiling = yield* tileCathode(
    strip.map(({ mesh }) => mesh),
    spec,
  )
  problems.push(...spreadProblems(v, tiling))
  if (problems.length > 0) throw new InputError(problems)
  if (setting.start) refuseBeyond(setting, v, placesOf(tiling))
  const description: CellDescription = {
    modelClass: classOf(setting),
    macro: {
      dimension: cell.mesh.dimension,
      size: repeat.map((r) => r * cellSize),
      nodes: repeat.map((r) => r * cell.mesh.n + 1),
    },
    fields: fieldsIn(cell, v, structure.kinds),
    notices: [...notices, ...resolvedNotices(setting, limits.capacity, tiling, differ(v))],
    density: densityOf(v, setting),
  }
  const kindOf = kindsAt(strip, structure.kinds, tiling)
  const spreads = differ(v) ? drawSpreads(v, tiling, kindOf, structure.kinds.length) : undefined
  const model = new ResolvedCathode(setting, tiling, description, kindOf, spreads)
  if (!setup.from) return model
  yield
  model.start = joined(model, cell, setup.from.u, setup.prepared)
  return model
}

/** Where salt and particles are. */
function placesOf(tiling: CathodeTiling): Places {
  const those = (volume: Float64Array, filling: boolean) =>
    Array.from(volume.keys())
      .filter((p) => volume[p] > 0)
      .map((p) => placeIn(tiling, p, filling))
  return { salt: those(tiling.salt, false), fillings: those(tiling.active, true) }
}

/** A line for one row of cells, else a sheet. */
export function homogenizedBox({ macro }: CathodeInput, { repeat }: Pick<ResolvedSetup, 'repeat'>): MacroSpec {
  const dimension = repeat[1] > 1 ? 2 : 1
  return { dimension, size: macro.size.slice(0, dimension), nodes: macro.nodes.slice(0, dimension) }
}

/** Kind of the particle at every node of the tiling, for each material. */
function kindsAt(strip: readonly CellResult[], kinds: readonly ParticleKind[], tiling: CathodeTiling): Int32Array[] {
  const { cellNode, column, materials } = tiling
  return materials.map(({ phase }) => {
    const out = new Int32Array(cellNode.length)
    if (kinds.length === 1) return out
    const pieces = strip.map(({ mesh }) => pieceAtNodes(mesh, phase))
    const own = ({ second = false }: ParticleKind) => second === (phase === ACTIVE2)
    const kindOf = (k: number) => kinds.findIndex((kind) => own(kind) && kind.pieces.includes(k))
    const first = kinds.findIndex(own)
    return out.map((_, p) => Math.max(first, kindOf(pieces[column[p]][cellNode[p]])))
  })
}

/** Cells of the mesh that the width of a front needs. */
const PER_FRONT = 2

/** K = kappa_g / (c_sm RT) of the material [m²], of a front of the given width over that of the cathode; 0 without. */
function frontGradient(v: CathodeValues, { grid, thermal }: CathodeSetting): number {
  if (v.solid !== 'thermodynamic') return 0
  if (v.gradient === 'width') return ((v.front_width * grid.cathode) / FRONT) ** 2
  return v.gradient === 'given' ? v.kappa_g / (v.c_sm * FARADAY * thermal) : 0
}

function coarse(setting: CathodeSetting, spacing: number): Problem[] {
  const thin = materialsOf(setting)
    .filter(({ solid }) => solid.gradient > 0 && solid.omega > 2)
    .map(({ solid }) => FRONT * Math.sqrt(solid.gradient))
  const width = Math.min(...thin)
  if (width >= PER_FRONT * spacing) return []
  const um = (x: number) => `${Number((1e6 * x).toPrecision(3))} µm`
  return [
    {
      path: 'parameters.front_width',
      message: t(
        'got a front {width} wide on a mesh of {spacing} in the resolved particles; it needs {per_front} mesh widths, or it sticks; take a wider front, more cells or a finer resolution',
        { width: um(width), spacing: um(spacing), per_front: PER_FRONT },
      ),
    },
  ]
}

/** The state of the homogenized cell, taken over: salt and potentials with correctors where prepared, fillings cell by cell. */
function joined(model: ResolvedCathode, cell: CellResult, from: Float64Array, prepared: boolean): Float64Array {
  const { setting, tiling, nodes: n, present, globals, kindOf, hosts } = model
  const { grid, electrolyte, cathode } = setting
  const state = { u: from, grid, kinds: cathode.kinds.length }
  const { plain, corrected, fillings } = reconstruct(state, electrolyte.form, cell, tiling)
  const { salt, phi, psi } = prepared ? corrected : plain
  const u = model.initial()
  const s = offset(electrolyte.form)
  const x = tiling.position
  for (let p = 0; p < n; p++) {
    if (present[p] === 1) {
      // A corrector may overshoot where the salt runs out within a cell.
      u[p] = Math.max(salt[p], 0.1 * plain.salt[p])
      u[PHI * n + p] = phi[p] - (s === 0 ? 0 : s * Math.log(u[p]))
    }
    if (present[PSI * n + p] === 1) u[PSI * n + p] = psi[p]
    const at = cellAt(tiling, x[3 * p], x[3 * p + 1])
    hosts.forEach(({ Y, W, material }, m) => {
      if (present[Y * n + p] === 0) return
      const y = fillings[kindOf[m][p]][at]
      u[Y * n + p] = y
      if (W >= 0) u[W * n + p] = material.solid.omega * (1 - 2 * y)
    })
  }
  for (const p of tiling.collector) u[PSI * n + p] = 0
  const count = model.size - globals
  u.set(from.subarray(from.length - count), globals)
  return u
}
