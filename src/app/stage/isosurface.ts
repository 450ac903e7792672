/** Where a field in a box has one value: a surface, in the colour of that value. */
import { Color, DirectionalLight, DoubleSide, Group, HemisphereLight, MeshLambertMaterial, SRGBColorSpace } from 'three'
import { MarchingCubes } from 'three/examples/jsm/objects/MarchingCubes.js'
import type { MacroSpec } from '../../models/family.ts'
import { colourTable } from '../ground/maps.ts'
import { nodeIndex } from '../store/nodes.ts'
import type { Shown } from './picture.ts'

/** Points along each side of the box. */
const POINTS = 48
/** The library leaves the outermost layer of its points alone. */
const SIZE = POINTS + 2
const MOST_TRIANGLES = 60_000

export class Isosurface {
  readonly object = new Group()
  private readonly material = new MeshLambertMaterial({ side: DoubleSide })
  private readonly surface = new MarchingCubes(SIZE, this.material, false, false, MOST_TRIANGLES)
  private shown: { values?: Float32Array; value?: number } = {}

  /** @param side lengths of the box in the picture */
  constructor(side: readonly [number, number, number]) {
    // The library's own coordinates run from -1 at its first point to 1 beyond its last.
    const span = (2 * (POINTS - 1)) / SIZE
    const middle = (POINTS + 1) / SIZE - 1
    this.surface.scale.set(side[0] / span, side[1] / span, side[2] / span)
    this.surface.position.set(...(side.map((s) => (-middle * s) / span) as [number, number, number]))
    const sun = new DirectionalLight(0xffffff, 1.8)
    sun.position.set(1, -2, 3)
    this.object.add(this.surface, new HemisphereLight(0xffffff, 0x778899, 1.6), sun)
    this.object.visible = false
  }

  /** @param level of the range of colours; undefined for none */
  show({ macro, values, range, map, level }: Shown): void {
    this.object.visible = level !== undefined
    if (level === undefined) return
    const value = range.min + level * (range.max - range.min)
    if (values === this.shown.values && value === this.shown.value) return
    this.shown = { values, value }
    sample(macro, values, this.surface.field)
    this.surface.isolation = value
    this.surface.update()
    const table = colourTable(map)
    const [r, g, b] = table.subarray(4 * Math.round(255 * level))
    this.material.color = new Color().setRGB(r / 255, g / 255, b / 255, SRGBColorSpace)
  }

  /** Corners of its triangles, in the library's coordinates, three numbers each. */
  get corners(): Float32Array {
    return this.surface.positionArray.subarray(0, 3 * this.surface.count)
  }

  dispose(): void {
    this.surface.geometry.dispose()
    this.material.dispose()
  }
}

/** Linear between the nodes of the field; what lies beyond the box is as at its wall. */
function sample(macro: MacroSpec, values: Float32Array, into: Float32Array): void {
  const weights = macro.nodes.map((n) =>
    Array.from({ length: SIZE }, (_, q) => {
      const at = Math.max(0, Math.min(1, (q - 1) / (POINTS - 1))) * (n - 1)
      const low = Math.min(n - 2, Math.floor(at))
      return { low, rest: at - low }
    }),
  )
  const mix = (a: number, b: number, s: number) => a + s * (b - a)
  for (let k = 0; k < SIZE; k++)
    for (let j = 0; j < SIZE; j++)
      for (let i = 0; i < SIZE; i++) {
        const [x, y, z] = [weights[0][i], weights[1][j], weights[2][k]]
        const along = (dj: number, dk: number) =>
          mix(
            values[nodeIndex(macro, x.low, y.low + dj, z.low + dk)],
            values[nodeIndex(macro, x.low + 1, y.low + dj, z.low + dk)],
            x.rest,
          )
        into[i + SIZE * (j + SIZE * k)] = mix(
          mix(along(0, 0), along(1, 0), y.rest),
          mix(along(0, 1), along(1, 1), y.rest),
          z.rest,
        )
      }
}
