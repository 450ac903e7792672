/**
 * Union-find on a torus: members carry the number of periods to their root, packed in one integer, so that a join that
 * closes a loop with a nonzero number of periods is a path around the cell.
 */

/** Offsets of up to +-512 periods an axis are packed in 10 bits each. */
const BITS = 10
const HALF = 1 << (BITS - 1)
const FIELD = (1 << BITS) - 1
/** No period at all, packed. */
export const ORIGIN = HALF | (HALF << BITS) | (HALF << (2 * BITS))

/** One period along an axis, packed. */
export function onePeriod(axis: number): number {
  return ORIGIN + (1 << (BITS * axis))
}

/** Component `axis` of a packed number of periods. */
export function periodsOf(packed: number, axis: number): number {
  return ((packed >> (BITS * axis)) & FIELD) - HALF
}

export class PeriodicForest {
  /** Packed periods from each member to its parent: to its root, once `find` has passed. */
  readonly offset: Int32Array
  private readonly parent: Int32Array
  private readonly dimension: number
  private readonly winds = new Map<number, boolean[]>()
  private readonly stack: number[] = []

  constructor(members: number, dimension: number) {
    this.dimension = dimension
    this.parent = new Int32Array(members)
    for (let s = 0; s < members; s++) this.parent[s] = s
    this.offset = new Int32Array(members).fill(ORIGIN)
  }

  /** Root of s; afterwards offset[s] is relative to it. */
  find(s: number): number {
    const { parent, offset, stack } = this
    let root = s
    while (parent[root] !== root) root = parent[root]
    // Second pass: compress, accumulating offsets from the far end.
    for (let at = s; at !== root && parent[at] !== root; at = parent[at]) stack.push(at)
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      offset[at] = offset[at] + offset[parent[at]] - ORIGIN
      parent[at] = root
    }
    return root
  }

  /** Joins s with t, where t lies `step` (packed) periods further. */
  join(s: number, t: number, step: number): void {
    const a = this.find(s)
    const b = this.find(t)
    const gap = this.offset[s] + step - this.offset[t]
    if (a !== b) this.hang(a, b, gap)
    else if (gap !== ORIGIN) this.mark(a, (axis) => periodsOf(gap, axis) !== 0)
  }

  isRoot(s: number): boolean {
    return this.parent[s] === s
  }

  /** Hangs another root, in the same period, onto a root: a join without a search. */
  attach(root: number, other: number): void {
    this.hang(root, other, ORIGIN)
  }

  /** Axes around which the tree of a root winds; undefined: none. */
  windings(root: number): readonly boolean[] | undefined {
    return this.winds.get(root)
  }

  /** Axes around which any tree winds. */
  allWindings(): boolean[] {
    const all = Array<boolean>(this.dimension).fill(false)
    for (const flags of this.winds.values())
      flags.forEach((flag, axis) => {
        all[axis] ||= flag
      })
    return all
  }

  /** @param gap position of b's tree in a's frame */
  private hang(a: number, b: number, gap: number): void {
    this.parent[b] = a
    this.offset[b] = gap
    const old = this.winds.get(b)
    if (!old) return
    this.winds.delete(b)
    this.mark(a, (axis) => old[axis])
  }

  private mark(root: number, along: (axis: number) => boolean): void {
    const flags = this.winds.get(root) ?? Array<boolean>(this.dimension).fill(false)
    for (let axis = 0; axis < this.dimension; axis++) if (along(axis)) flags[axis] = true
    this.winds.set(root, flags)
  }
}
