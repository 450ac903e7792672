/** A field on a rectangle: a flat map, or a surface over it. */
import {
  Color,
  DataTexture,
  DoubleSide,
  FloatType,
  GLSL3,
  Mesh,
  NearestFilter,
  Plane,
  PlaneGeometry,
  type Ray,
  RedFormat,
  ShaderMaterial,
  type Texture,
  Vector2,
  type Vector3,
} from 'three'
import type { Field, MacroSpec } from '../../models/family.ts'
import type { ReducedUnits } from '../../models/reduced.ts'
import { withUnit } from '../ground/format.ts'
import type { Range } from '../ground/range.ts'
import { isOther } from '../picture/cellPicture.ts'
import { Hatch } from './hatch.ts'
import type { Shown } from './picture.ts'
import { lengthAxis, sides, valueAxis, vec } from './scale.ts'
import { surfaceFragment, surfaceVertex } from './shaders.ts'
import { valueIndex } from './valueIndex.ts'
import type { Axis, View } from './view.ts'

const HEIGHT = 0.35
/** Vertices of a surface per axis, at most; its colours are as fine as the values. */
const MOST_SEGMENTS = 256

export class SurfaceView implements View {
  readonly object: Mesh
  readonly camera
  readonly reach
  readonly macro: MacroSpec
  readonly units: ReducedUnits | undefined
  private readonly crisp: boolean
  private readonly hatch: Hatch
  private readonly high: number
  private readonly side: [number, number, number]
  private readonly texture: DataTexture
  private readonly material: ShaderMaterial
  private values = new Float32Array(0)
  private range: Range = { min: 0, max: 1 }
  private field: Field

  constructor({ macro, units, field, raised, crisp, ink }: Shown) {
    this.macro = macro
    this.units = units
    this.field = field
    this.crisp = crisp
    this.camera = raised ? ('orbit' as const) : ('flat' as const)
    this.high = raised ? HEIGHT : 0
    this.side = sides(macro)
    this.reach = { x: this.side[0] / 2, y: this.side[1] / 2 }
    const [nx = 1, ny = 1] = macro.nodes
    this.texture = fieldTexture(nx, ny)
    this.hatch = new Hatch([nx, ny])
    this.material = new ShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: surfaceVertex,
      fragmentShader: surfaceFragment,
      side: DoubleSide,
      uniforms: {
        field: { value: this.texture },
        nodes: { value: new Vector2(nx, ny) },
        aspect: { value: new Vector2(this.side[0], this.side[1]) },
        range: { value: new Vector2(0, 1) },
        table: { value: null },
        other: { value: new Color(ink.other).convertLinearToSRGB() },
        crisp: { value: crisp ? 1 : 0 },
        height: { value: this.high },
        rows: { value: 2 },
        lines: { value: crisp ? 0 : 1 },
        ...this.hatch.uniforms,
      },
    })
    // A flat map needs no vertices inside: the fragment shader interpolates between nodes.
    const segments = raised ? ([nx - 1, ny - 1].map((n) => Math.min(MOST_SEGMENTS, n)) as [number, number]) : [1, 1]
    this.object = new Mesh(new PlaneGeometry(this.side[0], this.side[1], ...segments), this.material)
    this.object.frustumCulled = false
  }

  show({ field, values, range, outside }: Shown): void {
    this.field = field
    this.values = values as Float32Array<ArrayBuffer>
    this.range = range
    this.texture.image.data = this.values
    this.texture.needsUpdate = true
    this.material.uniforms.range.value.set(range.min, range.max)
    this.hatch.show(outside)
  }

  setTable(table: Texture): void {
    this.material.uniforms.table.value = table
  }

  resize(): void {}

  axes(eye: Vector3): Axis[] {
    const [w, h] = [this.side[0] / 2, this.side[1] / 2]
    if (this.high === 0)
      return [
        lengthAxis(this, 0, vec(-w, -h), vec(w, -h), vec(0, -1)),
        lengthAxis(this, 1, vec(-w, -h), vec(-w, h), vec(-1, 0)),
      ]
    const near = vec(eye.x > 0 ? w : -w, eye.y > 0 ? h : -h)
    const out = vec(Math.sign(near.x), Math.sign(near.y))
    const corner = vec(near.x, -near.y)
    const { field } = this
    const axes = [
      lengthAxis(this, 0, vec(-w, near.y), vec(w, near.y), vec(0, out.y)),
      lengthAxis(this, 1, vec(near.x, -h), vec(near.x, h), vec(out.x, 0)),
    ]
    axes.push(
      valueAxis(
        withUnit('', field.unit).trim(),
        this.range.min / field.factor,
        this.range.max / field.factor,
        vec(corner.x, corner.y),
        vec(corner.x, corner.y, this.high),
        vec(out.x, -out.y),
      ),
    )
    return axes
  }

  pick(ray: Ray): number[] | undefined {
    const plane = new Plane(vec(0, 0, 1), 0)
    const hit = vec(0, 0)
    let point: number[] | undefined
    // The surface is nearly flat: a few corrections of the height find the point under the ray.
    for (let i = 0; i < (this.high > 0 ? 4 : 1); i++) {
      if (!ray.intersectPlane(plane, hit)) return undefined
      point = this.inside(hit)
      if (!point) return undefined
      plane.constant = -this.place(point, vec(0, 0)).z
    }
    return point
  }

  place(point: readonly number[], out: Vector3): Vector3 {
    const [w, h] = this.side
    const [u, v] = [(point[0] ?? 0) / (this.macro.size[0] ?? 1), (point[1] ?? 0) / (this.macro.size[1] ?? 1)]
    return out.set((u - 0.5) * w, (v - 0.5) * h, this.high * this.level(u, v))
  }

  across(x: number): { from: Vector3; to: Vector3 } {
    const [w, h] = this.side
    const at = (x / (this.macro.size[0] ?? 1) - 0.5) * w
    return { from: vec(at, -h / 2), to: vec(at, h / 2) }
  }

  dispose(): void {
    this.texture.dispose()
    this.hatch.dispose()
    this.material.dispose()
    this.object.geometry.dispose()
  }

  private inside(hit: Vector3): number[] | undefined {
    const u = hit.x / this.side[0] + 0.5
    const v = hit.y / this.side[1] + 0.5
    if (u < 0 || u > 1 || v < 0 || v > 1) return undefined
    return [u * (this.macro.size[0] ?? 1), v * (this.macro.size[1] ?? 1)]
  }

  private level(u: number, v: number): number {
    if (this.high === 0) return 0
    const value = this.values[valueIndex(this.macro, this.crisp, [u, v])] ?? this.range.min
    if (isOther(value)) return 0
    return Math.max(-0.25, Math.min(1.25, (value - this.range.min) / (this.range.max - this.range.min)))
  }
}

export function fieldTexture(width: number, height: number): DataTexture {
  const texture = new DataTexture(new Float32Array(width * height), width, height, RedFormat, FloatType)
  texture.minFilter = NearestFilter
  texture.magFilter = NearestFilter
  texture.needsUpdate = true
  return texture
}
