/** The pictures of the resolved cathode beside the homogenized one: where fields live, the separator, differences, words. */
import { describe, expect, it } from 'vitest'
import { type LensQuery, lensImage } from '../../../src/app/judge/lens.ts'
import { isOther } from '../../../src/app/picture/cellPicture.ts'
import { ResolvedPictures } from '../../../src/app/picture/resolvedFrame.ts'
import { type FullFrame, finite } from '../../../src/app/store/frames.ts'
import { measured } from '../../../src/app/store/proof.ts'
import { loadScenario } from '../../../src/cli/input.ts'
import { findFamily } from '../../../src/models/index.ts'
import type { Frame, ModelDescription } from '../../../src/simulation/frame.ts'
import { orders } from '../../../src/simulation/orders.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { simulate } from '../../../src/simulation/simulate.ts'

const { scenario } = loadScenario('cathode-judge')
const separated = parseScenario({
  ...scenario,
  parameters: { ...scenario.parameters, separator: 2.5e-5, separator_cells: 20 },
  time: { ...scenario.time, end: 10, frames: 2 },
})
let model: ModelDescription | undefined
const frames: Frame[] = []
for (const event of simulate(separated)) {
  if (event.kind === 'model') model = event.model
  if (event.kind === 'frame') frames.push(event.frame)
}
const full = frames.at(-1)!
const { fields, resolved } = model!
const pictures = new ResolvedPictures(resolved!)
const index = (name: string) => fields.findIndex((f) => f.name === name)
const picture = (name: string) => pictures.resolved(full, index(name), fields[index(name)])
const [nx] = pictures.macro.nodes as [number]
/** Part of the points in cell k along the strip that show a value. */
const shown = (values: Float32Array, k: number) => {
  const own = values.filter((_, q) => Math.floor((q % nx) / pictures.perCell) === k)
  return own.filter((v) => !isOther(v)).length / own.length
}

describe('a strip with a separator of two cells', () => {
  it('is frames of numbers, but for the solid in the separator', () => {
    expect(finite(full, model!)).toBe(true)
    expect(resolved!.plain).toBe(2)
  })

  it('shows the electrolyte all over the separator and between the particles', () => {
    const salt = picture('c')
    expect(shown(salt, 0)).toBe(1)
    expect(shown(salt, 5)).toBeGreaterThan(0.5)
    expect(shown(salt, 5)).toBeLessThan(0.6)
    expect(salt.every((v) => isOther(v) || (v > 500 && v < 1500))).toBe(true)
  })

  it.each(['y', 'rate', 'eta'])('shows %s in particles only', (name) => {
    const values = picture(name)
    expect(shown(values, 1)).toBe(0)
    expect(shown(values, 5)).toBeGreaterThan(0.28)
    expect(shown(values, 5)).toBeLessThan(0.36)
  })

  it('shows the potential of the solid in particles and carbon', () => {
    const values = picture('psi')
    expect(shown(values, 1)).toBe(0)
    expect(shown(values, 5)).toBeGreaterThan(0.4)
  })

  it('a difference is small against the field, and smaller with the corrector', () => {
    const k = index('c')
    const worst = (corrected: boolean) =>
      pictures.difference(full, k, fields, corrected).reduce((m, v) => (isOther(v) ? m : Math.max(m, Math.abs(v))), 0)
    expect(worst(false)).toBeLessThan(60)
    expect(worst(true)).toBeLessThan(0.7 * worst(false))
  })

  it('ranges know of values only', () => {
    for (const field of fields) {
      const values = full.resolved!.fields[fields.indexOf(field)]
      for (const p of pictures.nodesOf(field)) expect(Number.isFinite(values[p]), field.name).toBe(true)
    }
  })

  it('the lens looks into particles, and has nothing to see in the separator', () => {
    const see = (x: number, mode: LensQuery['mode']) =>
      lensImage({
        entry: { full, model: model! } as unknown as FullFrame,
        field: fields[index('c')],
        cell: resolved!.cell,
        cellSize: resolved!.cellSize,
        point: [x],
        mode,
        plane: 2,
        depth: 0.5,
      })
    expect(see(1e-5, 'resolved')).toMatch(/no structure/)
    const image = see(7e-5, 'difference')
    expect(typeof image === 'string' ? image : image.max).toBeLessThan(30)
  })
})

describe('the error plot', () => {
  const card = findFamily('cathode')!.comparison!
  const rows = [4, 8].map((N) => ({
    N,
    seconds: 1,
    quantities: {},
    errors: { voltage: 0.16 / N ** 2, voltage_bruggeman: 0.146, salt: 0.04 / N, salt_corrected: 0.06 / N ** 2 },
  }))

  it('has the norms of the comparison', () => {
    expect(measured(card, rows).map((n) => n.name)).toEqual(Object.keys(rows[0].errors))
  })

  it('says in words what converges and what stays', () => {
    const words = (mirror: boolean) => card.explain({ rows, orders: orders(rows), mirror, prepared: true }).join(' ')
    expect(words(true)).toMatch(/converges to the resolved one: order 2.00, 0.0025 RT\/F off/)
    expect(words(true)).toMatch(/with its corrector 2.00/)
    expect(words(true)).toMatch(/Bruggeman is 0.15 RT\/F off, which no smaller cell removes/)
    const slow = rows.map((row) => ({ ...row, errors: { ...row.errors, voltage: 0.1 / row.N } }))
    const told = (mirror: boolean) => card.explain({ rows: slow, orders: orders(slow), mirror, prepared: true }).join()
    expect(told(true)).toMatch(/Less than order two: .* layer of one cell/)
    expect(told(false)).toMatch(/not mirror-symmetric/)
    const stuck = rows.map((row) => ({ ...row, errors: { voltage: 0.1 } }))
    expect(card.explain({ rows: stuck, orders: orders(stuck), mirror: true, prepared: true })[0]).toMatch(
      /does not converge yet/,
    )
    const unequal = { low: 10, high: 18 }
    const { lumped } = card
    expect(lumped).toEqual(['active', 'active2'])
    const lumps = card.explain({ rows, orders: orders(rows), mirror: true, prepared: true, unequal }).join(' ')
    expect(lumps).toMatch(/particles of one period differ \(80 % in surface per volume\)/)
  })
})
