/**
 * Heat on nodes with a capacity and edges with a conductance:  C_p dT_p/dt = sum over edges K (T_q - T_p) + q_p.
 * Homogenized, every node has the mean capacity and K comes from the effective conductivity; resolved, both are those of
 * the phases, where the fitted mesh puts them. Closed but for the heat q that enters at x = 0.
 */
import type { Field, MacroSpec, Model, Observable } from '../../src/models/family.ts'
import { BlockTridiagonal } from '../../src/numerics/blocktridiagonal.ts'
import { type EdgeList, side } from '../../src/numerics/box.ts'
import { ConstantLinearisation } from '../../src/numerics/direct.ts'

export interface Net {
  macro: MacroSpec
  /** Position of node p, component c at [3p + c], m. */
  position: Float64Array
  /** J/K, per unit length of the axes that the box lacks. */
  capacity: Float64Array
  /** One group of weights: conductances, W/K. */
  edges: EdgeList
  /** Node of the cell mesh that each node copies; absent where the medium is homogenized. */
  cellNode?: Int32Array
}

const T: Field = {
  ...{ name: 'T', label: 'Temperature', symbol: 'T', unit: 'K', factor: 1, group: 'temperature' },
  microscopic: { interface: false, terms: [{ problem: 'heat', of: ['T'], weight: 1 }] },
}
const observable = (name: string, label: string, unit: string, group: string): Observable => {
  return { name, label, unit, factor: 1, group }
}

export class HeatModel implements Model {
  readonly modelClass = 'heat'
  readonly fields = [T]
  readonly observables = [
    observable('mean', 'Mean temperature', 'K', 'global'),
    observable('spread', 'Largest less smallest temperature', 'K', 'global'),
    observable('budget_heat', 'Heat not accounted for', '1', 'budget'),
  ]
  readonly notices = []
  readonly breakpoints = []
  readonly rateCount = 1
  readonly layout: string
  readonly macro: MacroSpec
  readonly net: Net
  readonly size: number
  readonly mass: Float64Array
  readonly scale: Float64Array
  readonly positive: Uint8Array
  readonly balance: Uint8Array
  private readonly start: Float64Array
  private readonly source: Float64Array // W entering each node
  private readonly matrix: BlockTridiagonal
  private readonly linear: ConstantLinearisation

  /** @param flux W/m² through the side x = 0 */
  constructor(net: Net, start: Float64Array, flux: number) {
    const { macro, capacity, edges } = net
    const n = capacity.length
    this.net = net
    this.macro = macro
    this.start = start
    this.layout = `heat/${net.cellNode ? 'resolved' : 'homogenized'}/${macro.nodes.join('x')}`
    this.size = n
    this.mass = capacity
    this.scale = new Float64Array(n).fill(1)
    this.positive = new Uint8Array(n)
    this.balance = new Uint8Array(n).fill(1)
    this.source = new Float64Array(n)
    const spacing = macro.nodes.map((count, k) => macro.size[k] / (count - 1))
    const { node, face } = side(macro.nodes, spacing, 0)
    node.forEach((p, k) => {
      this.source[p] = flux * face[k]
    })
    this.matrix = new BlockTridiagonal(macro.nodes[0], n / macro.nodes[0])
    this.matrix.assemble((add) => {
      edges.weights[0].forEach((K, k) => {
        const [p, q] = [edges.from[k], edges.to[k]]
        add(p, p, -K)
        add(p, q, K)
        add(q, q, -K)
        add(q, p, K)
      })
    })
    this.linear = new ConstantLinearisation(this.matrix, capacity)
  }

  initial = (): Float64Array => this.start.slice()
  linearise = () => this.linear
  sample = (_t: number, u: Float64Array) => [Float32Array.from(u)]
  contents = (u: Float64Array) => Float64Array.of(u.reduce((heat, v, p) => heat + this.mass[p] * v, 0))
  adopt = ({ u, layout }: { u: Float64Array; layout: string }) => (layout === this.layout ? u.slice() : undefined)
  enter(): void {}
  normalise(): void {}

  residual(_t: number, u: Float64Array, out: Float64Array): void {
    this.matrix.multiply(u, out)
    for (let p = 0; p < out.length; p++) out[p] += this.source[p]
  }

  rates(_t: number, _u: Float64Array, out: Float64Array): void {
    out[0] = this.source.reduce((a, b) => a + b, 0)
  }

  observe(_t: number, u: Float64Array, [entered]: Float64Array, [before]: Float64Array): Float64Array {
    const [heat] = this.contents(u)
    const mean = heat / this.mass.reduce((a, b) => a + b, 0)
    return Float64Array.of(mean, Math.max(...u) - Math.min(...u), (heat - before - entered) / before)
  }
}
