/** A field on a line: the curve now, and below it the whole run as a space-time map. */

import {
  BufferAttribute,
  BufferGeometry,
  Color,
  type DataTexture,
  DoubleSide,
  GLSL3,
  Group,
  Mesh,
  PlaneGeometry,
  type Ray,
  ShaderMaterial,
  type Texture,
  Vector2,
  type Vector3,
  Vector4,
} from 'three'
import { t } from '../../language/language.ts'
import type { Field, MacroSpec } from '../../models/family.ts'
import type { ReducedUnits } from '../../models/reduced.ts'
import { timeUnit, withUnit } from '../ground/format.ts'
import type { Range } from '../ground/range.ts'
import { isOther } from '../picture/cellPicture.ts'
import { Hatch } from './hatch.ts'
import type { Shown } from './picture.ts'
import { lengthAxis, valueAxis, vec } from './scale.ts'
import {
  bandFragment,
  bandVertex,
  fillFragment,
  fillVertex,
  ribbonFragment,
  ribbonVertex,
  surfaceFragment,
  surfaceVertex,
} from './shaders.ts'
import { fieldTexture } from './surface.ts'
import type { Axis, View } from './view.ts'

/** Rows of the space-time map; longer runs share rows. */
const ROWS = 400
/** World heights: the curve above, the map below, the gap between. */
const CURVE = 0.36
const MAP = 0.24
const GAP = 0.075
const HEIGHT = CURVE + GAP + MAP
/** Axes between and below take this from a picture's height; the gap holds one line of labels. All in heights of letters. */
const LABELS = 5.5
const LINE = 1.83
/** Below this height the map is left out: the curve alone can still be read. */
const LOW = 15

/** World heights in a picture of some height. @param size of the letters, as the height in px */
export function heights(pixels: number, size: number): { curve: number; map: number } {
  const lines = pixels / size
  if (lines < LOW) return { curve: HEIGHT, map: 0 }
  const gap = Math.max(GAP, (HEIGHT * LINE) / (lines - LABELS))
  const share = (HEIGHT - gap) / (CURVE + MAP)
  return { curve: CURVE * share, map: MAP * share }
}

export class LineView implements View {
  readonly object = new Group()
  readonly camera = 'flat'
  readonly reach = { x: 0.5, y: HEIGHT / 2 }
  readonly macro: MacroSpec
  readonly units: ReducedUnits | undefined
  private readonly span: number
  private readonly hatch: Hatch
  private readonly now: DataTexture
  private readonly past: DataTexture
  private readonly materials: ShaderMaterial[]
  private readonly ribbon: ShaderMaterial
  private readonly map: ShaderMaterial
  private readonly bottom = -this.reach.y
  private readonly frame = new Vector4(-0.5, 0, 0.5, this.reach.y)
  private readonly below: Mesh
  private readonly hatched: Mesh
  private curve = CURVE
  private mapped = MAP
  private field: Field
  private range: Range = { min: 0, max: 1 }
  private readonly filled: { index: number; field: string }[] = []

  constructor({ macro, units, field, span, ink }: Shown) {
    this.macro = macro
    this.units = units
    this.field = field
    this.span = span
    const n = macro.nodes[0] ?? 2
    this.now = fieldTexture(n, 1)
    this.past = fieldTexture(n, ROWS)
    this.hatch = new Hatch([n])
    const shared = {
      field: { value: this.now },
      nodes: { value: new Vector2(n, 1) },
      frame: { value: this.frame },
      pixels: { value: new Vector2(1, 1) },
      range: { value: new Vector2(0, 1) },
      table: { value: null as Texture | null },
      other: { value: new Color(ink.other).convertLinearToSRGB() },
      crisp: { value: 0 },
      ink: { value: new Color(ink.text).convertLinearToSRGB() },
      ...this.hatch.uniforms,
    }
    const make = (vertexShader: string, fragmentShader: string, uniforms: ShaderMaterial['uniforms']) =>
      new ShaderMaterial({
        glslVersion: GLSL3,
        vertexShader,
        fragmentShader,
        uniforms: { ...shared, ...uniforms },
        side: DoubleSide,
        transparent: true,
        depthTest: false,
      })
    const fill = make(fillVertex, fillFragment, {})
    const band = make(bandVertex, bandFragment, {})
    this.ribbon = make(ribbonVertex, ribbonFragment, { width: { value: 2.6 } })
    this.map = make(surfaceVertex, surfaceFragment, {
      field: { value: this.past },
      nodes: { value: new Vector2(n, ROWS) },
      aspect: { value: new Vector2(1, MAP) },
      height: { value: 0 },
      rows: { value: 0 },
      lines: { value: 0 },
      // The mask is of now, the map of the past.
      hatching: { value: 0 },
    })
    this.materials = [fill, band, this.ribbon, this.map]
    this.hatched = new Mesh(new PlaneGeometry(1, 1), band)
    this.below = new Mesh(new PlaneGeometry(1, 1), this.map)
    this.object.add(stripMesh(n, [0, 1], fill), this.hatched, stripMesh(n, [-1, 1], this.ribbon), this.below)
    for (const child of this.object.children) child.frustumCulled = false
    this.layOut(heights(Number.POSITIVE_INFINITY, 1))
  }

  show(shown: Shown): void {
    const { field, values, range, t, outside } = shown
    this.field = field
    this.range = range
    for (const material of this.materials) material.uniforms.range.value.set(range.min, range.max)
    this.now.image.data = values as Float32Array<ArrayBuffer>
    this.now.needsUpdate = true
    this.hatch.show(outside)
    this.remember(shown)
    this.map.uniforms.rows.value = this.span > 0 ? Math.min(1, t / this.span) : 1
  }

  setTable(table: Texture): void {
    for (const material of this.materials) material.uniforms.table.value = table
  }

  resize(width: number, height: number, letters: number): void {
    this.ribbon.uniforms.pixels.value.set(width / 2, height / 2)
    this.layOut(heights(height, letters))
  }

  private layOut({ curve, map }: { curve: number; map: number }): void {
    const top = this.reach.y
    this.curve = curve
    this.mapped = map
    this.frame.y = top - curve
    this.hatched.scale.y = curve
    this.hatched.position.y = top - curve / 2
    this.below.visible = map > 0
    this.below.scale.y = map || 1
    this.below.position.y = this.bottom + map / 2
  }

  axes(): Axis[] {
    const top = this.reach.y
    const { field } = this
    const foot = top - this.curve
    const along = lengthAxis(this, 0, vec(-0.5, foot), vec(0.5, foot), vec(0, -1))
    const upward = valueAxis(
      withUnit(t(field.label), field.unit),
      this.range.min / field.factor,
      this.range.max / field.factor,
      vec(-0.5, foot),
      vec(-0.5, top),
      vec(-1, 0),
    )
    if (this.mapped === 0) return [along, upward]
    const unit = timeUnit(this.span, this.units)
    return [
      { ...along, title: '' },
      lengthAxis(this, 0, vec(-0.5, this.bottom), vec(0.5, this.bottom), vec(0, -1)),
      valueAxis(
        `${t('time')} (${unit.unit})`,
        0,
        this.span / unit.factor,
        vec(-0.5, this.bottom),
        vec(-0.5, this.bottom + this.mapped),
        vec(-1, 0),
      ),
      upward,
    ]
  }

  pick(ray: Ray): number[] | undefined {
    const u = ray.origin.x + 0.5
    return u >= 0 && u <= 1 && Math.abs(ray.origin.y) <= this.reach.y ? [u * (this.macro.size[0] ?? 1)] : undefined
  }

  place(point: readonly number[], out: Vector3): Vector3 {
    const n = this.macro.nodes[0] ?? 2
    const u = (point[0] ?? 0) / (this.macro.size[0] ?? 1)
    const value = (this.now.image.data as Float32Array)[Math.round(u * (n - 1))] ?? this.range.min
    if (isOther(value)) return out.set(u - 0.5, this.frame.y, 0)
    const level = Math.max(0, Math.min(1, (value - this.range.min) / (this.range.max - this.range.min)))
    return out.set(u - 0.5, this.reach.y - this.curve * (1 - level), 0)
  }

  across(x: number): { from: Vector3; to: Vector3 } {
    const at = x / (this.macro.size[0] ?? 1) - 0.5
    return { from: vec(at, this.frame.y), to: vec(at, this.reach.y) }
  }

  dispose(): void {
    this.now.dispose()
    this.past.dispose()
    this.hatch.dispose()
    for (const material of this.materials) material.dispose()
    for (const child of this.object.children) if (child instanceof Mesh) child.geometry.dispose()
  }

  /** Writes the rows of the map that are new or belonged to another field or an abandoned future. */
  private remember({ field, t, history }: Shown): void {
    const n = this.macro.nodes[0] ?? 2
    const data = this.past.image.data as Float32Array
    let row = 0
    for (let position = 0; ; position++) {
      const frame = history(position)
      if (!frame || frame.t > t + 1e-12) break
      const end = this.span > 0 ? Math.min(ROWS - 1, Math.round((frame.t / this.span) * (ROWS - 1))) : 0
      for (; row <= end; row++) {
        const before = this.filled[row]
        if (before?.index === frame.index && before.field === field.name) continue
        this.filled[row] = { index: frame.index, field: field.name }
        if (frame.values.length === n) data.set(frame.values, row * n)
      }
      row = end + 1
    }
    this.past.needsUpdate = true
  }
}

/** A strip of quads along x in [0,1]; y runs over the two given values. */
function stripMesh(n: number, [low, high]: [number, number], material: ShaderMaterial): Mesh {
  const positions = new Float32Array(n * 6)
  const index: number[] = []
  for (let i = 0; i < n; i++) {
    positions.set([i / (n - 1), low, 0, i / (n - 1), high, 0], 6 * i)
    if (i > 0) index.push(2 * i - 2, 2 * i, 2 * i - 1, 2 * i - 1, 2 * i, 2 * i + 1)
  }
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(positions, 3))
  geometry.setIndex(index)
  return new Mesh(geometry, material)
}
