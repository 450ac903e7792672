/** A field in a box: three slices that can be moved, and a surface of one value. */
import {
  BoxGeometry,
  Color,
  Data3DTexture,
  DoubleSide,
  EdgesGeometry,
  FloatType,
  GLSL3,
  Group,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  Plane,
  PlaneGeometry,
  type Ray,
  RedFormat,
  ShaderMaterial,
  type Texture,
  Vector2,
  type Vector3,
} from 'three'
import type { MacroSpec } from '../../models/family.ts'
import type { ReducedUnits } from '../../models/reduced.ts'
import { Hatch } from './hatch.ts'
import { Isosurface } from './isosurface.ts'
import type { Shown } from './picture.ts'
import { lengthAxis, sides, vec } from './scale.ts'
import { sliceFragment, sliceVertex } from './shaders.ts'
import type { Axis, View } from './view.ts'

export class SlicesView implements View {
  readonly object = new Group()
  readonly camera = 'orbit'
  readonly reach = { x: 0.62, y: 0.62 }
  readonly macro: MacroSpec
  readonly units: ReducedUnits | undefined
  private readonly side: [number, number, number]
  private readonly texture: Data3DTexture
  private readonly hatch: Hatch
  private readonly material: ShaderMaterial
  private readonly box: LineSegments
  private readonly isosurface: Isosurface
  private slices: Mesh[] = []
  private cuts: readonly number[] = []

  constructor({ macro, units, crisp, ink }: Shown) {
    this.macro = macro
    this.units = units
    this.side = sides(macro)
    const [nx = 1, ny = 1, nz = 1] = macro.nodes
    this.texture = new Data3DTexture(new Float32Array(nx * ny * nz), nx, ny, nz)
    this.texture.format = RedFormat
    this.texture.type = FloatType
    this.texture.needsUpdate = true
    this.hatch = new Hatch([nx, ny, nz])
    this.material = new ShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: sliceVertex,
      fragmentShader: sliceFragment,
      side: DoubleSide,
      uniforms: {
        field: { value: this.texture },
        nodes: { value: vec(nx, ny, nz) },
        extent: { value: vec(...this.side) },
        range: { value: new Vector2(0, 1) },
        table: { value: null },
        other: { value: new Color(ink.other).convertLinearToSRGB() },
        crisp: { value: crisp ? 1 : 0 },
        ...this.hatch.uniforms,
      },
    })
    this.box = new LineSegments(
      new EdgesGeometry(new BoxGeometry(...this.side)),
      new LineBasicMaterial({ color: ink.muted, transparent: true, opacity: 0.4 }),
    )
    this.isosurface = new Isosurface(this.side)
    this.object.add(this.box, this.isosurface.object)
  }

  show(shown: Shown): void {
    const { values, range, outside, cuts } = shown
    this.isosurface.show(shown)
    this.texture.image.data = values as Float32Array<ArrayBuffer>
    this.texture.needsUpdate = true
    this.material.uniforms.range.value.set(range.min, range.max)
    this.hatch.show(outside)
    if (cuts.some((cut, axis) => cut !== this.cuts[axis])) this.cut(cuts)
  }

  private cut(cuts: readonly number[]): void {
    this.cuts = cuts
    for (const slice of this.slices) {
      slice.geometry.dispose()
      this.object.remove(slice)
    }
    this.slices = [0, 1, 2].map((axis) => new Mesh(this.sliceGeometry(axis), this.material))
    this.object.add(...this.slices)
  }

  setTable(table: Texture): void {
    this.material.uniforms.table.value = table
  }

  resize(): void {}

  axes(eye: Vector3): Axis[] {
    const [x, y, z] = [this.side[0] / 2, this.side[1] / 2, this.side[2] / 2]
    const near = vec(eye.x > 0 ? x : -x, eye.y > 0 ? y : -y)
    return [
      lengthAxis(this, 0, vec(-x, near.y, -z), vec(x, near.y, -z), vec(0, near.y)),
      lengthAxis(this, 1, vec(near.x, -y, -z), vec(near.x, y, -z), vec(near.x, 0)),
      lengthAxis(this, 2, vec(near.x, -near.y, -z), vec(near.x, -near.y, z), vec(near.x, -near.y)),
    ]
  }

  pick(ray: Ray): number[] | undefined {
    let best: Vector3 | undefined
    for (let axis = 0; axis < 3; axis++) {
      const normal = vec(axis === 0 ? 1 : 0, axis === 1 ? 1 : 0, axis === 2 ? 1 : 0)
      const hit = ray.intersectPlane(new Plane(normal, -this.offset(axis)), vec(0, 0))
      if (!hit || this.side.some((s, a) => Math.abs(hit.getComponent(a)) > s / 2 + 1e-6)) continue
      if (!best || hit.distanceTo(ray.origin) < best.distanceTo(ray.origin)) best = hit
    }
    return (
      best &&
      this.side.map((s, a) => Math.max(0, Math.min(1, best.getComponent(a) / s + 0.5)) * (this.macro.size[a] ?? 1))
    )
  }

  place(point: readonly number[], out: Vector3): Vector3 {
    this.side.forEach((s, a) => {
      out.setComponent(a, ((point[a] ?? 0) / (this.macro.size[a] ?? 1) - 0.5) * s)
    })
    return out
  }

  dispose(): void {
    this.texture.dispose()
    this.hatch.dispose()
    this.isosurface.dispose()
    this.material.dispose()
    for (const slice of this.slices) slice.geometry.dispose()
    this.box.geometry.dispose()
  }

  private offset(axis: number): number {
    return ((this.cuts[axis] ?? 0.5) - 0.5) * (this.side[axis] ?? 1)
  }

  private sliceGeometry(axis: number): PlaneGeometry {
    const [x, y, z] = this.side
    const at = this.offset(axis)
    if (axis === 0) return new PlaneGeometry(z, y).rotateY(Math.PI / 2).translate(at, 0, 0)
    if (axis === 1) return new PlaneGeometry(x, z).rotateX(Math.PI / 2).translate(0, at, 0)
    return new PlaneGeometry(x, y).translate(0, 0, at)
  }
}
