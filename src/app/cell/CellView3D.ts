/** The reference cell in space: interfaces as lit surfaces, cut faces filled with the phases, turned by the pointer. */

import {
  BoxGeometry,
  BufferAttribute,
  BufferGeometry,
  CanvasTexture,
  Color,
  DirectionalLight,
  DoubleSide,
  EdgesGeometry,
  Group,
  HemisphereLight,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  PerspectiveCamera,
  Plane,
  PlaneGeometry,
  Scene,
  SRGBColorSpace,
  Vector3,
  WebGLRenderer,
} from 'three'
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js'
import type { CellMesh } from '../../cell/cell.ts'
import { context2d } from '../ground/canvas.ts'
import { colourTable } from '../ground/maps.ts'
import { watchContext } from '../kit/lostContext.ts'
import type { Paint } from './faces3d.ts'
import type { FlowLines } from './flowLines.ts'
import { interfaceOf } from './interface3d.ts'

export interface Cut {
  axis: number
  /** Fraction of the side; what lies beyond is taken away. */
  at: number
}

const FACE_PIXELS = 160

export class CellView3D {
  private readonly renderer: WebGLRenderer
  private readonly scene = new Scene()
  private readonly camera = new PerspectiveCamera(30, 1, 0.1, 20)
  private readonly controls: OrbitControls
  private readonly observer: ResizeObserver
  private readonly content = new Group()
  private readonly host: HTMLElement
  private readonly clip = new Plane(new Vector3(-1, 0, 0), 1)
  private surface?: Mesh
  private caps: Mesh[] = []
  private frame?: LineSegments
  private lines?: LineSegments
  private readonly unwatch: () => void
  private scheduled = 0
  private readonly onTurn: () => void

  /**
   * @param onTurn called when it is seen from elsewhere, or in another size
   * @param onContext called when the browser takes the WebGL context away (true) and when it has given it back (false)
   * @throws when the browser gives no WebGL context
   */
  constructor(host: HTMLElement, onTurn: () => void, onContext: (lost: boolean) => void) {
    this.host = host
    this.renderer = new WebGLRenderer({ antialias: true, alpha: true, powerPreference: 'low-power' })
    this.renderer.localClippingEnabled = true
    this.renderer.domElement.className = 'stage-canvas'
    this.renderer.domElement.setAttribute('aria-hidden', 'true')
    host.append(this.renderer.domElement)
    this.unwatch = watchContext(this.renderer.domElement, (lost) => {
      onContext(lost)
      if (!lost) this.invalidate()
    })
    this.camera.up.set(0, 0, 1)
    this.camera.position.set(1.7, -2.3, 1.5)
    this.controls = new OrbitControls(this.camera, this.renderer.domElement)
    this.controls.addEventListener('change', this.invalidate)
    this.controls.addEventListener('change', onTurn)
    this.onTurn = onTurn
    // A finger across turns the cell, one up or down scrolls the page.
    this.renderer.domElement.style.touchAction = 'pan-y'
    const sun = new DirectionalLight(0xffffff, 2.2)
    sun.position.set(1, -2, 3)
    this.content.position.setScalar(-0.5)
    this.scene.add(new HemisphereLight(0xffffff, 0x778899, 1.6), sun, this.content)
    this.observer = new ResizeObserver(() => this.resize())
    this.observer.observe(host)
    this.resize()
  }

  /** The interface of a computed cell. */
  setMesh(mesh: CellMesh | undefined, colours: readonly string[]): void {
    if (this.surface) {
      this.content.remove(this.surface)
      this.surface.geometry.dispose()
      this.surface = undefined
    }
    if (mesh) {
      const { positions, normals, phases } = interfaceOf(mesh)
      const geometry = new BufferGeometry()
      geometry.setAttribute('position', new BufferAttribute(positions, 3))
      geometry.setAttribute('normal', new BufferAttribute(normals, 3))
      const tint = new Float32Array(positions.length)
      const linear = colours.map((c) => new Color(c).toArray())
      for (let f = 0; f < phases.length; f++)
        for (let v = 0; v < 3; v++) tint.set(linear[Math.min(phases[f], linear.length - 1)], 9 * f + 3 * v)
      geometry.setAttribute('color', new BufferAttribute(tint, 3))
      this.surface = new Mesh(
        geometry,
        new MeshLambertMaterial({ vertexColors: true, side: DoubleSide, clippingPlanes: [this.clip] }),
      )
      this.content.add(this.surface)
    }
    this.invalidate()
  }

  /** Flow lines, coloured by their speed; undefined for none. */
  setLines(lines: FlowLines | undefined): void {
    if (this.lines) {
      this.content.remove(this.lines)
      this.lines.geometry.dispose()
      this.lines = undefined
    }
    if (lines) {
      const { points, speeds, starts } = lines
      const index: number[] = []
      for (let piece = 0; piece + 1 < starts.length; piece++)
        for (let k = starts[piece]; k + 1 < starts[piece + 1]; k++) index.push(k, k + 1)
      const table = colourTable('viridis')
      const tint = new Float32Array(points.length)
      const colour = new Color()
      speeds.forEach((speed, k) => {
        const entry = 4 * Math.round(255 * Math.min(1, speed))
        colour.setRGB(table[entry] / 255, table[entry + 1] / 255, table[entry + 2] / 255, SRGBColorSpace)
        tint.set(colour.toArray(), 3 * k)
      })
      const geometry = new BufferGeometry()
      geometry.setAttribute('position', new BufferAttribute(points, 3))
      geometry.setAttribute('color', new BufferAttribute(tint, 3))
      geometry.setIndex(index)
      const material = new LineBasicMaterial({ vertexColors: true, clippingPlanes: [this.clip] })
      this.lines = new LineSegments(geometry, material)
      this.content.add(this.lines)
    }
    this.invalidate()
  }

  /** The faces of the cube and of the cut, painted; where there is no colour they are open. */
  setCut(cut: Cut, paint: Paint, ink: string): void {
    for (const cap of this.caps) {
      this.content.remove(cap)
      cap.geometry.dispose()
      ;(cap.material as MeshBasicMaterial).map?.dispose()
    }
    const normal = new Vector3().setComponent(cut.axis, -1)
    // The clipping plane lives in world space, where the cell is centred.
    this.clip.set(normal, cut.at - 0.5)
    this.caps = []
    for (let axis = 0; axis < 3; axis++)
      for (const side of [0, 1]) {
        const at = axis === cut.axis && side === 1 ? cut.at : side
        this.caps.push(this.cap(axis, at, axis === cut.axis ? [] : [this.clip], paint))
      }
    if (this.frame) {
      this.content.remove(this.frame)
      this.frame.geometry.dispose()
    }
    this.frame = new LineSegments(
      new EdgesGeometry(new BoxGeometry(1, 1, 1)),
      new LineBasicMaterial({ color: ink, transparent: true, opacity: 0.45 }),
    )
    this.frame.position.setScalar(0.5)
    this.content.add(...this.caps, this.frame)
    this.invalidate()
  }

  /** Where a point of the cell is on the screen, px from the left and top of the view. */
  project(point: readonly number[]): { left: number; top: number } {
    const { x, y } = this.inWorld(point).project(this.camera)
    const { clientWidth, clientHeight } = this.host
    return { left: ((x + 1) / 2) * clientWidth, top: ((1 - y) / 2) * clientHeight }
  }

  /** The point of the cell at a place on the screen, as far from the eye as another point of it. */
  unproject({ left, top }: { left: number; top: number }, as: readonly number[]): number[] {
    const { clientWidth, clientHeight } = this.host
    const depth = this.inWorld(as).project(this.camera).z
    const at = new Vector3((2 * left) / clientWidth - 1, 1 - (2 * top) / clientHeight, depth).unproject(this.camera)
    return at.addScalar(0.5).toArray()
  }

  /** What is to the right on the screen, as a direction of the cell. */
  right(): number[] {
    return new Vector3().setFromMatrixColumn(this.camera.matrixWorld, 0).toArray()
  }

  private inWorld(point: readonly number[]): Vector3 {
    this.camera.updateMatrixWorld()
    return new Vector3(...(point as [number, number, number])).subScalar(0.5)
  }

  dispose(): void {
    cancelAnimationFrame(this.scheduled)
    this.observer.disconnect()
    this.unwatch()
    this.controls.dispose()
    this.renderer.dispose()
    this.renderer.domElement.remove()
  }

  private cap(axis: number, at: number, clippingPlanes: Plane[], paint: Paint): Mesh {
    const [u, v] = [(axis + 1) % 3, (axis + 2) % 3]
    const image = new ImageData(FACE_PIXELS, FACE_PIXELS)
    const p = [0, 0, 0]
    p[axis] = at
    for (let j = 0; j < FACE_PIXELS; j++)
      for (let i = 0; i < FACE_PIXELS; i++) {
        p[u] = (i + 0.5) / FACE_PIXELS
        p[v] = 1 - (j + 0.5) / FACE_PIXELS
        const colour = paint(p)
        const k = 4 * (i + FACE_PIXELS * j)
        colour?.forEach((c, part) => {
          image.data[k + part] = c * SHADE[axis]
        })
        if (colour) image.data[k + 3] = 255
      }
    const canvas = new OffscreenCanvas(FACE_PIXELS, FACE_PIXELS)
    context2d(canvas).putImageData(image, 0, 0)
    const map = new CanvasTexture(canvas)
    map.colorSpace = SRGBColorSpace
    const mesh = new Mesh(
      new PlaneGeometry(1, 1),
      new MeshBasicMaterial({ map, side: DoubleSide, alphaTest: 0.5, clippingPlanes }),
    )
    // The plane's own x and y become the face's u and v.
    const basis = [u, v, axis].map((k) => new Vector3().setComponent(k, 1)) as [Vector3, Vector3, Vector3]
    mesh.matrix.makeBasis(...basis).setPosition(new Vector3(0.5, 0.5, 0.5).setComponent(axis, at))
    mesh.matrixAutoUpdate = false
    return mesh
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.host
    if (clientWidth === 0 || clientHeight === 0) return
    this.renderer.setPixelRatio(Math.min(2, devicePixelRatio))
    this.renderer.setSize(clientWidth, clientHeight, false)
    this.camera.aspect = clientWidth / clientHeight
    this.camera.fov = this.camera.aspect > 1 ? 30 : 30 / this.camera.aspect ** 0.9
    this.camera.updateProjectionMatrix()
    this.onTurn()
    this.invalidate()
  }

  private readonly invalidate = () => {
    if (this.scheduled) return
    this.scheduled = requestAnimationFrame(() => {
      this.scheduled = 0
      this.renderer.render(this.scene, this.camera)
    })
  }
}

/** Faces are lit by their direction, so that edges show. */
const SHADE = [0.86, 0.94, 1.04]
