/** GLSL of the stage. Fields are R32F textures; interpolation is done by hand, since linear filtering of floats is optional. */
import { HATCH } from './hatch.ts'

/** Colours of values; those beyond every field belong to another phase and have a neutral tone. */
const COLOUR = /* glsl */ `
uniform sampler2D table;
uniform vec2 range;
uniform vec3 other;
vec3 colourOf(float value) {
  if (value > 1e38) return other;
  float s = clamp((value - range.x) / (range.y - range.x), 0.0, 1.0);
  return texture(table, vec2((s * 255.0 + 0.5) / 256.0, 0.5)).rgb;
}
float isoline(float value, float levels) {
  float s = (value - range.x) / (range.y - range.x) * levels;
  float width = max(fwidth(s), 1e-6);
  float d = abs(fract(s - 0.5) - 0.5) / width;
  // None at the very bottom, where a resting plain would be one wide line; none where lines would merge.
  float clear = step(0.5, s) * smoothstep(1e-4, 1e-3, width);
  return clear * (1.0 - smoothstep(0.4, 1.3, d)) * (1.0 - smoothstep(0.25, 0.6, width));
}`

/** Colour of a fragment; boxes are averaged over it, so that membranes have no steps. Needs `sampleField`, `crisp`. */
const fragmentColour = (place: 'vec2' | 'vec3') => /* glsl */ `
vec3 fragmentColour(${place} p, float value) {
  if (crisp < 0.5) return colourOf(value);
  ${place} a = 0.375 * dFdx(p) + 0.125 * dFdy(p);
  ${place} b = 0.375 * dFdy(p) - 0.125 * dFdx(p);
  return 0.25 * (colourOf(sampleField(p + a)) + colourOf(sampleField(p + b)) + colourOf(sampleField(p - a)) + colourOf(sampleField(p - b)));
}`

const SAMPLE_2D = /* glsl */ `
uniform highp sampler2D field;
uniform vec2 nodes;
uniform float crisp;
float at(ivec2 p) { return texelFetch(field, clamp(p, ivec2(0), ivec2(nodes) - 1), 0).r; }
float sampleField(vec2 uv) {
  if (crisp > 0.0) return at(ivec2(floor(uv * nodes)));
  vec2 p = clamp(uv, 0.0, 1.0) * (nodes - 1.0);
  ivec2 i = ivec2(floor(p));
  vec2 f = p - vec2(i);
  // Beside a place without a value there is nothing to interpolate.
  if (max(max(at(i), at(i + ivec2(1, 0))), max(at(i + ivec2(0, 1)), at(i + ivec2(1, 1)))) > 1e38) return at(ivec2(round(p)));
  return mix(mix(at(i), at(i + ivec2(1, 0)), f.x), mix(at(i + ivec2(0, 1)), at(i + ivec2(1, 1)), f.x), f.y);
}`

export const surfaceVertex = /* glsl */ `
precision highp float;
${SAMPLE_2D}
uniform vec2 range;
uniform float height;
out vec2 place;
void main() {
  place = uv;
  float value = sampleField(uv);
  float s = value > 1e38 ? 0.0 : clamp((value - range.x) / (range.y - range.x), -0.25, 1.25);
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position.xy, s * height, 1.0);
}`

export const surfaceFragment = /* glsl */ `
precision highp float;
${SAMPLE_2D}
${COLOUR}
${fragmentColour('vec2')}
${HATCH}
uniform highp sampler2D mask;
uniform float height;
uniform vec2 aspect;
uniform float rows;
uniform float lines;
in vec2 place;
out vec4 colour;
float near(vec2 p, float here) { float v = sampleField(p); return v > 1e38 ? here : v; }
void main() {
  if (place.y > rows) discard;
  float value = sampleField(place);
  vec3 c = fragmentColour(place, value);
  c = mix(c, mix(vec3(1.0), vec3(0.0), step(0.55, dot(c, vec3(0.3, 0.6, 0.1)))), 0.22 * lines * isoline(value, 10.0));
  if (height * (1.0 - crisp) > 0.0 && value < 1e38) {
    vec2 h = 1.0 / (nodes - 1.0);
    float scale = height / (range.y - range.x);
    float dx = (near(place + vec2(h.x, 0), value) - near(place - vec2(h.x, 0), value)) * scale / (2.0 * h.x * aspect.x);
    float dy = (near(place + vec2(0, h.y), value) - near(place - vec2(0, h.y), value)) * scale / (2.0 * h.y * aspect.y);
    vec3 n = normalize(vec3(-dx, -dy, 1.0));
    c *= 0.72 + 0.36 * dot(n, normalize(vec3(-0.4, 0.5, 0.8)));
  }
  if (hatching > 0.0) c = hatched(c, texelFetch(mask, ivec2(round(place * (nodes - 1.0))), 0).r);
  colour = vec4(c, 1.0);
}`

/** A curve as a ribbon of constant width on the screen, and the area below it. */
export const ribbonVertex = /* glsl */ `
precision highp float;
${SAMPLE_2D}
uniform vec2 range;
uniform vec4 frame;
uniform vec2 pixels;
uniform float width;
out float gap;
out float side;
vec2 screen(float x) {
  float v = sampleField(vec2(x, 0.0));
  if (v > 1e38) v = sampleField(vec2(position.x, 0.0));
  float s = clamp((v - range.x) / (range.y - range.x), -0.02, 1.02);
  vec4 p = projectionMatrix * modelViewMatrix * vec4(mix(frame.xy, frame.zw, vec2(x, s)), 0.02, 1.0);
  return p.xy * pixels;
}
void main() {
  float h = 1.0 / (nodes.x - 1.0);
  vec2 here = screen(position.x);
  vec2 along = normalize(screen(min(position.x + h, 1.0)) - screen(max(position.x - h, 0.0)));
  gap = sampleField(vec2(position.x, 0.0)) > 1e38 ? 1.0 : 0.0;
  side = position.y;
  gl_Position = vec4((here + vec2(-along.y, along.x) * position.y * width) / pixels, 0.0, 1.0);
}`

export const ribbonFragment = /* glsl */ `
precision highp float;
uniform vec3 ink;
in float gap;
in float side;
out vec4 colour;
void main() {
  if (gap > 0.001) discard;
  colour = vec4(ink, 1.0 - smoothstep(0.6, 1.0, abs(side)));
}`

export const fillVertex = /* glsl */ `
precision highp float;
${SAMPLE_2D}
uniform vec2 range;
uniform vec4 frame;
out float value;
out float level;
out float gap;
void main() {
  value = sampleField(vec2(position.x, 0.0));
  float s = clamp((value - range.x) / (range.y - range.x), -0.02, 1.02);
  level = position.y;
  gap = value > 1e38 ? 1.0 : 0.0;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(mix(frame.xy, frame.zw, vec2(position.x, s * position.y)), 0.0, 1.0);
}`

export const fillFragment = /* glsl */ `
precision highp float;
${COLOUR}
in float value;
in float level;
in float gap;
out vec4 colour;
void main() {
  if (gap > 0.001) discard;
  colour = vec4(colourOf(value), mix(0.25, 0.9, level));
}`

/** A band over the curve where the mask is set; clear elsewhere. */
export const bandVertex = /* glsl */ `
precision highp float;
out float along;
void main() {
  along = uv.x;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`

export const bandFragment = /* glsl */ `
precision highp float;
${HATCH}
uniform highp sampler2D mask;
uniform vec2 nodes;
uniform vec3 ink;
in float along;
out vec4 colour;
void main() {
  if (hatching < 0.5) discard;
  float marked = texelFetch(mask, ivec2(round(along * (nodes.x - 1.0)), 0), 0).r;
  colour = vec4(ink, 0.55 * (1.0 - hatched(vec3(1.0), marked).r));
}`

export const sliceVertex = /* glsl */ `
precision highp float;
uniform vec3 extent;
out vec3 place;
void main() {
  place = position / extent + 0.5;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`

export const sliceFragment = /* glsl */ `
precision highp float;
precision highp sampler3D;
${COLOUR}
${HATCH}
uniform highp sampler3D field;
uniform highp sampler3D mask;
uniform vec3 nodes;
uniform float crisp;
in vec3 place;
out vec4 colour;
float at(ivec3 p) { return texelFetch(field, clamp(p, ivec3(0), ivec3(nodes) - 1), 0).r; }
float sampleField(vec3 uv) {
  if (crisp > 0.0) return at(ivec3(floor(uv * nodes)));
  vec3 p = clamp(uv, 0.0, 1.0) * (nodes - 1.0);
  ivec3 i = ivec3(floor(p));
  vec3 f = p - vec3(i);
  float low = mix(mix(at(i), at(i + ivec3(1, 0, 0)), f.x), mix(at(i + ivec3(0, 1, 0)), at(i + ivec3(1, 1, 0)), f.x), f.y);
  float high = mix(mix(at(i + ivec3(0, 0, 1)), at(i + ivec3(1, 0, 1)), f.x), mix(at(i + ivec3(0, 1, 1)), at(i + ivec3(1, 1, 1)), f.x), f.y);
  return mix(low, high, f.z);
}
${fragmentColour('vec3')}
void main() {
  float value = sampleField(place);
  vec3 c = fragmentColour(place, value);
  c = mix(c, mix(vec3(1.0), vec3(0.0), step(0.55, dot(c, vec3(0.3, 0.6, 0.1)))), 0.2 * (1.0 - crisp) * isoline(value, 10.0));
  if (hatching > 0.0) c = hatched(c, texelFetch(mask, ivec3(round(place * (nodes - 1.0))), 0).r);
  colour = vec4(c, 0.94);
}`
