/** The macroscale picture: one renderer, one view, drawn only when something has changed. */

import {
  DataTexture,
  MathUtils,
  OrthographicCamera,
  PerspectiveCamera,
  Raycaster,
  RGBAFormat,
  Scene,
  type Texture,
  Vector2,
  Vector3,
  WebGLRenderer,
} from 'three'
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js'
import type { MapName } from '../ground/colours.ts'
import { colourTable } from '../ground/maps.ts'
import { type Pencil, SvgContext } from '../ground/svgContext.ts'
import { watchContext } from '../kit/lostContext.ts'
import type { CopyOptions, Pictures } from '../store/pictures.ts'
import { eyeOf, lookFrom } from './eye.ts'
import { flattened } from './flattened.ts'
import { LineView } from './line.ts'
import { overlaidOf } from './overlaid.ts'
import { Overlay } from './overlay.ts'
import type { Picture, Shown } from './picture.ts'
import { SlicesView } from './slices.ts'
import { SurfaceView } from './surface.ts'
import type { View } from './view.ts'

/** Room around a flat picture for ticks and titles, in units of the font size: left, right, top, bottom. */
const MARGIN = { left: 6.2, right: 2.2, top: 1.2, bottom: 3.8 }
/** Left margin where the axis is that of the picture beside. */
const BARE_LEFT = 1

/** Boxes of one laboratory that are turned are turned together. */
const linkedIn = new WeakMap<Pictures, Set<Stage>>()

export class Stage implements Picture {
  private readonly host: HTMLElement
  private readonly renderer: WebGLRenderer
  private readonly scene = new Scene()
  private readonly flat = new OrthographicCamera(-1, 1, 1, -1, -10, 10)
  private readonly orbit = new PerspectiveCamera(32, 1, 0.05, 20)
  private readonly controls: OrbitControls
  private readonly overlay = new Overlay()
  private readonly tables = new Map<MapName, Texture>()
  private readonly observer: ResizeObserver
  private readonly pictures: Pictures
  private readonly linked: Set<Stage>
  private readonly unwatch: () => void
  private view?: View
  private viewKey = ''
  shown?: Shown
  private scheduled = 0
  width = 1
  private height = 1

  /**
   * @param pictures those of its laboratory
   * @param onContext called when the browser takes the WebGL context away (true) and when it has given it back (false)
   * @throws when the browser gives no WebGL context
   */
  constructor(host: HTMLElement, pictures: Pictures, onContext: (lost: boolean) => void) {
    this.host = host
    this.pictures = pictures
    this.linked = linkedIn.get(pictures) ?? new Set()
    linkedIn.set(pictures, this.linked)
    this.renderer = new WebGLRenderer({ antialias: true, alpha: true, powerPreference: 'low-power' })
    this.renderer.setClearAlpha(0)
    for (const canvas of [this.renderer.domElement, this.overlay.canvas]) {
      canvas.className = 'stage-canvas'
      canvas.setAttribute('aria-hidden', 'true')
      host.append(canvas)
    }
    this.overlay.canvas.style.pointerEvents = 'none'
    this.unwatch = watchContext(this.renderer.domElement, (lost) => {
      for (const { style } of [this.renderer.domElement, this.overlay.canvas]) style.visibility = lost ? 'hidden' : ''
      onContext(lost)
      if (!lost) this.resize()
    })
    this.orbit.up.set(0, 0, 1)
    this.orbit.position.set(0.95, -1.65, 1.35)
    this.controls = new OrbitControls(this.orbit, this.renderer.domElement)
    this.controls.enableDamping = false
    lookFrom(pictures.camera, this.orbit, this.controls)
    this.renderer.domElement.style.touchAction = 'pan-y'
    this.controls.addEventListener('change', this.turned)
    for (const other of this.linked) this.turnLike(other)
    this.linked.add(this)
    this.observer = new ResizeObserver(() => this.resize())
    this.observer.observe(host)
    this.resize()
  }

  show(shown: Shown): void {
    this.shown = shown
    const view = this.chooseView(shown)
    view.show(shown)
    view.setTable(this.table(shown.map))
    this.controls.enabled = view.camera === 'orbit' && !shown.brushing
    // A finger up or down scrolls the page, across it turns a solid; it paints only with the brush.
    const free = view.camera === 'flat' ? 'pan-y pinch-zoom' : 'pan-y'
    this.renderer.domElement.style.touchAction = shown.brushing ? 'none' : free
    this.invalidate()
  }

  pick(x: number, y: number): number[] | undefined {
    if (!this.view) return undefined
    const box = this.host.getBoundingClientRect()
    const pointer = new Vector2(((x - box.left) / box.width) * 2 - 1, 1 - ((y - box.top) / box.height) * 2)
    const caster = new Raycaster()
    caster.setFromCamera(pointer, this.camera)
    return this.view.pick(caster.ray)
  }

  get left(): number {
    return this.host.getBoundingClientRect().left
  }

  locate(point: readonly number[]): { x: number; y: number } | undefined {
    if (!this.view) return undefined
    const box = this.host.getBoundingClientRect()
    this.camera.updateMatrixWorld()
    const at = this.view.place(point, new Vector3()).project(this.camera)
    return { x: box.left + ((at.x + 1) / 2) * box.width, y: box.top + ((1 - at.y) / 2) * box.height }
  }

  picture({ width, ink, layer }: CopyOptions = {}): Promise<Blob | undefined> {
    const { shown } = this
    if (shown && ink) this.show({ ...shown, ink })
    if (width) this.size(Math.min(width, this.renderer.capabilities.maxTextureSize) / this.width)
    this.draw(layer && new SvgContext(layer.group, layer.face))
    const layers = layer ? [this.renderer.domElement] : [this.renderer.domElement, this.overlay.canvas]
    const copy = flattened(layers, this.shown?.ink.panel ?? '#fff')
    if (shown && ink) this.show(shown)
    if (width) this.resize()
    return copy
  }

  dispose(): void {
    cancelAnimationFrame(this.scheduled)
    this.linked.delete(this)
    this.observer.disconnect()
    this.unwatch()
    this.controls.dispose()
    this.view?.dispose()
    for (const table of this.tables.values()) table.dispose()
    this.renderer.dispose()
    this.renderer.domElement.remove()
    this.overlay.canvas.remove()
  }

  private get camera(): OrthographicCamera | PerspectiveCamera {
    return this.view?.camera === 'orbit' ? this.orbit : this.flat
  }

  private readonly invalidate = () => {
    if (this.scheduled) return
    this.scheduled = requestAnimationFrame(() => {
      this.scheduled = 0
      this.draw()
    })
  }

  private readonly turned = () => {
    for (const other of this.linked) if (other !== this) other.turnLike(this)
    this.invalidate()
    this.pictures.camera = eyeOf(this.orbit, this.controls)
    this.pictures.moved()
  }

  private turnLike({ orbit, controls }: Stage): void {
    this.orbit.position.copy(orbit.position)
    this.orbit.quaternion.copy(orbit.quaternion)
    this.controls.target.copy(controls.target)
    this.invalidate()
  }

  /** Builds the view anew where the mesh, the way of showing or the theme has changed. */
  private chooseView(shown: Shown): View {
    const { macro, units, crisp, bare, raised, span, ink } = shown
    const key = JSON.stringify([
      macro,
      units,
      crisp,
      bare,
      raised && macro.dimension === 2,
      macro.dimension === 1 && span,
      ink,
    ])
    if (this.view && key === this.viewKey) return this.view
    this.viewKey = key
    if (this.view) {
      this.scene.remove(this.view.object)
      this.view.dispose()
    }
    const view = [LineView, SurfaceView, SlicesView][macro.dimension - 1]
    this.view = new view(shown)
    this.scene.add(this.view.object)
    this.resize()
    return this.view
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.host
    if (clientWidth === 0 || clientHeight === 0) return
    this.width = clientWidth
    this.height = clientHeight
    this.size(Math.min(2, devicePixelRatio))
    this.view?.resize(clientWidth, clientHeight, this.fontSize)
    this.fit()
    this.invalidate()
    this.pictures.camera = eyeOf(this.orbit, this.controls)
    this.pictures.moved()
  }

  /** @param ratio pixels of the picture a pixel of the page */
  private size(ratio: number): void {
    this.renderer.setPixelRatio(ratio)
    this.renderer.setSize(this.width, this.height, false)
    this.overlay.resize(this.width, this.height, ratio)
  }

  /** Puts the flat picture into the room that its labels leave. */
  private fit(): void {
    if (!this.view) return
    const em = this.fontSize
    const { x, y } = this.view.reach
    const left = this.bare ? BARE_LEFT : MARGIN.left
    const free = {
      width: Math.max(40, this.width - (left + MARGIN.right) * em),
      height: Math.max(40, this.height - (MARGIN.top + MARGIN.bottom) * em),
    }
    const wide = this.view instanceof LineView
    const perPixelY = (2 * y) / free.height
    const perPixelX = wide ? (2 * x) / free.width : Math.max((2 * x) / free.width, perPixelY)
    const vertical = wide ? perPixelY : perPixelX
    const centre = {
      x: ((MARGIN.right - left) / 2) * em * perPixelX,
      y: ((MARGIN.top - MARGIN.bottom) / 2) * em * vertical,
    }
    this.flat.left = centre.x - (this.width / 2) * perPixelX
    this.flat.right = centre.x + (this.width / 2) * perPixelX
    this.flat.top = centre.y + (this.height / 2) * vertical
    this.flat.bottom = centre.y - (this.height / 2) * vertical
    this.flat.updateProjectionMatrix()
    this.orbit.aspect = this.width / this.height
    // In a narrow panel the lens opens, so that the whole box stays in sight.
    const lens = this.view instanceof SlicesView ? 48 : 35
    const angle = this.orbit.aspect > 1.15 ? lens : (lens * 1.14) / Math.max(0.5, this.orbit.aspect) ** 0.8
    // So do titles of axes in a low one.
    const room = Math.max(this.height - MARGIN.bottom * em, this.height / 2)
    const half = Math.tan((angle / 2) * MathUtils.DEG2RAD) * (this.height / room)
    this.orbit.fov = 2 * Math.atan(half) * MathUtils.RAD2DEG
    this.orbit.updateProjectionMatrix()
  }

  private get bare(): boolean {
    return this.shown?.bare === true && this.view?.camera === 'flat'
  }

  private get fontSize(): number {
    return Number.parseFloat(getComputedStyle(this.host).fontSize) * 0.86
  }

  private table(name: MapName): Texture {
    let texture = this.tables.get(name)
    if (!texture) {
      texture = new DataTexture(new Uint8Array(colourTable(name).buffer), 256, 1, RGBAFormat)
      texture.needsUpdate = true
      this.tables.set(name, texture)
    }
    return texture
  }

  /** @param into where what lies over the picture is drawn, in place of its canvas */
  private draw(into?: Pencil): void {
    const { view, shown } = this
    if (!view || !shown) return
    const { camera, scene } = this
    camera.updateMatrixWorld()
    this.renderer.render(scene, camera)
    const axes = view.axes(camera.position).filter((_, axis) => !(this.bare && axis === 1))
    const overlaid = overlaidOf(view, shown, axes)
    this.overlay.draw(camera, overlaid, shown.ink, this.fontSize, into)
  }
}
