/** Diagonal lines over the places where homogenization is not trusted: a mask of the nodes for the shaders. */
import { Data3DTexture, DataTexture, RedFormat, type Texture, UnsignedByteType } from 'three'

/** GLSL: `hatched` draws the lines where the mask is not zero; on any colour one of the two tones stands out. */
export const HATCH = /* glsl */ `
uniform float hatching;
uniform float pixelRatio;
vec3 hatched(vec3 c, float marked) {
  if (hatching * marked < 0.002) return c;
  float s = mod((gl_FragCoord.x + gl_FragCoord.y) / pixelRatio, 14.0);
  float dark = 1.0 - smoothstep(0.5, 1.3, abs(s - 6.0));
  float light = 1.0 - smoothstep(0.5, 1.3, abs(s - 7.6));
  return mix(mix(c, vec3(0.05), 0.5 * dark), vec3(0.97), 0.45 * light);
}`

export class Hatch {
  readonly uniforms: {
    mask: { value: Texture | null }
    hatching: { value: number }
    pixelRatio: { value: number }
  }
  private readonly nodes: readonly number[]

  /** @param nodes nodes per axis: three of them make a mask of a box */
  constructor(nodes: readonly number[]) {
    this.nodes = nodes
    this.uniforms = {
      mask: { value: null },
      hatching: { value: 0 },
      pixelRatio: { value: Math.min(2, devicePixelRatio) },
    }
  }

  show(outside: Uint8Array): void {
    const { mask, hatching } = this.uniforms
    hatching.value = outside.length > 0 ? 1 : 0
    if (outside.length === 0) return
    // Any bit counts, also the lowest: it must not vanish among 255.
    const marks = Uint8Array.from(outside, (bits) => (bits === 0 ? 0 : 255))
    mask.value ??= this.texture()
    ;(mask.value as DataTexture).image.data = marks
    mask.value.needsUpdate = true
  }

  dispose(): void {
    this.uniforms.mask.value?.dispose()
  }

  private texture(): Texture {
    const [nx = 1, ny = 1, nz = 1] = this.nodes
    if (this.nodes.length < 3) return new DataTexture(null, nx, ny, RedFormat, UnsignedByteType)
    const texture = new Data3DTexture(null, nx, ny, nz)
    texture.format = RedFormat
    return texture
  }
}
