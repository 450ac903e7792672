/** Where there is nothing to solve, or no answer: solvers say so, and pass on what is none of their failures. */
import { describe, expect, it } from 'vitest'
import { BlockTridiagonal } from '../../src/numerics/blocktridiagonal.ts'
import { ConstantLinearisation } from '../../src/numerics/direct.ts'
import { Gmres } from '../../src/numerics/gmres.ts'
import { Integrator } from '../../src/numerics/integrate.ts'
import { crossing } from '../../src/numerics/levelSet.ts'
import { minimalResiduals } from '../../src/numerics/minres.ts'
import { conjugateGradients } from '../../src/numerics/multigrid.ts'
import { VariableOrderIntegrator } from '../../src/numerics/ndf.ts'
import { slopeAt } from '../../src/numerics/resample.ts'
import { IntegrationError, makeConsistent, outside } from '../../src/numerics/steps.ts'
import { LinearSolveError } from '../../src/numerics/system.ts'
import { DenseSystem } from './dense-system.ts'

type Action = (x: Float64Array, out: Float64Array) => void

const times =
  (factor: number): Action =>
  (x, out) =>
    void out.set(x.map((v) => factor * v))
const b = Float64Array.of(3, -1, 2)

function finish<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value as T
  }
}

function* identity(r: Float64Array, z: Float64Array): Generator<void, void> {
  yield
  z.set(r)
}

describe('GMRES', () => {
  const solve = (apply: Action, rhs: Float64Array) => {
    const x = new Float64Array(rhs.length)
    const iterations = finish(new Gmres(new Float64Array(rhs.length).fill(1)).solve(apply, identity, rhs, x, 1e-10))
    return { x, iterations }
  }

  it('needs nothing for nothing, and one iteration for a multiple of one', () => {
    expect(solve(times(2), new Float64Array(3))).toEqual({ x: new Float64Array(3), iterations: 0 })
    const { x, iterations } = solve(times(2), b)
    expect(iterations).toBe(1)
    for (const [k, value] of x.entries()) expect(value).toBeCloseTo(b[k] / 2, 14)
  })

  it('refuses what is not a number, and an operator that answers nothing', () => {
    expect(() => solve(times(2), Float64Array.of(1, Number.NaN))).toThrow(LinearSolveError)
    expect(() => solve(times(2), Float64Array.of(1, Number.NaN))).toThrow(/right-hand side is not a number/)
    expect(() => solve(times(0), b)).toThrow(/reduced the residual only to 1.0e\+0/)
  })
})

type Solve = typeof conjugateGradients

const inPieces: Solve = (apply, precondition, ...rest) =>
  minimalResiduals(
    apply,
    function* (r, z) {
      yield
      precondition(r, z)
    },
    ...rest,
  )

describe.each<[string, Solve]>([
  ['conjugate gradients', conjugateGradients],
  ['minimal residuals', inPieces],
])('%s', (_, method) => {
  const solve = (apply: Action, precondition: Action, rhs: Float64Array) => {
    const x = new Float64Array(rhs.length).fill(7)
    return { x, ...finish(method(apply, precondition, rhs, x, { tolerance: 1e-10 })) }
  }

  it('answer nothing with nothing, whatever the guess was', () => {
    expect(solve(times(2), times(1), new Float64Array(3))).toEqual({
      x: new Float64Array(3),
      iterations: 0,
      residual: 0,
    })
  })

  it('stop with the residual that is left where no direction helps', () => {
    const { iterations, residual } = solve(times(0), times(1), b)
    expect(iterations).toBe(0)
    expect(residual).toBeCloseTo(1, 12)
  })
})

it('conjugate gradients stop at a preconditioner that turns the residual away', () => {
  const x = new Float64Array(3)
  expect(finish(conjugateGradients(times(1), times(-1), b, x, { tolerance: 1e-10 }))).toEqual({
    iterations: 0,
    residual: 1,
  })
  expect(x).toEqual(new Float64Array(3))
})

it('a constant Jacobian is factored once for each step size', () => {
  const matrix = new BlockTridiagonal(3, 1)
  matrix.probe(times(-2))
  let factored = 0
  const factor = matrix.factor.bind(matrix)
  matrix.factor = (...args) => {
    factored++
    return factor(...args)
  }
  const linearisation = new ConstantLinearisation(matrix, new Float64Array(3).fill(1))
  const x = new Float64Array(3)
  // (1 + 2 β) x = b
  for (const beta of [0.5, 0.5, 1]) {
    finish(linearisation.solve(beta, b, x))
    for (const [k, value] of x.entries()) expect(value).toBeCloseTo(b[k] / (1 + 2 * beta), 14)
  }
  expect(factored).toBe(2)
  linearisation.apply(b, x)
  expect([...x]).toEqual([-6, 2, -4])
})

it('a step that does not leave its phase crosses at its end', () => {
  expect(crossing((x) => x - 2, [0, 0, 0], [1, 0, 0], -2)).toBe(1)
  expect(crossing((x) => x - 0.25, [0, 0, 0], [1, 0, 0], -0.25)).toBeCloseTo(0.25, 12)
})

it('the slope between two nodes is their difference, at both', () => {
  expect([0, 1].map((p) => slopeAt([1, 4], [2], [0.5], 0, p))).toEqual([6, 6])
  // Along the second of two axes.
  expect([0, 5].map((p) => slopeAt([0, 0, 0, 1, 2, 3], [3, 2], [1, 2], 1, p))).toEqual([0.5, 1.5])
})

describe('a state', () => {
  const system = (positive: number[], below?: Float64Array) =>
    Object.assign(new DenseSystem({ mass: [1, 1], initial: [1, 1], positive, f: () => [0, 0] }), { below })

  it('is outside where what must be positive is not, or what has a bound is beyond', () => {
    const states = [
      [1, 1],
      [0, 1],
      [1, -1],
      [1, 3],
      [1, Number.NaN],
    ].map((u) => Float64Array.from(u))
    expect(states.map((u) => outside(system([1, 0]), u))).toEqual([false, true, false, false, false])
    const below = Float64Array.of(Number.POSITIVE_INFINITY, 2)
    expect(states.map((u) => outside(system([0, 0], below), u))).toEqual([false, false, false, true, true])
  })
})

describe('constraints', () => {
  const consistent = (f: (u: readonly number[]) => number[]) => {
    const system = new DenseSystem({ mass: [1, 0], initial: [1, 0.5], f: (_, u) => f(u) })
    finish(makeConsistent(system, 2, system.initial(), 1e-6))
  }

  it('without a solution are an end that names the time', () => {
    expect(() => consistent(([u, w]) => [-u, 1 + w * w])).toThrow(IntegrationError)
    expect(() => consistent(([u, w]) => [-u, 1 + w * w])).toThrow(/no consistent potentials exist at t = 2\.0+ s/)
  })

  it('that fail in the program are no failure of the solver', () => {
    const broken = () =>
      consistent(() => {
        throw new RangeError('a fault')
      })
    expect(broken).toThrow(RangeError)
  })
})

describe.each([
  ['of second order', Integrator],
  ['of variable order', VariableOrderIntegrator],
])('steps %s', (_, Kind) => {
  const run = (f: (t: number, u: number) => number, options: { fixedStep?: number } = {}, positive = [0]) => {
    const system = new DenseSystem({ mass: [1], initial: [1], scale: [1], positive, f: (t, [u]) => [f(t, u)] })
    const state = { t: 0, u: system.initial(), integrals: new Float64Array(1), dt: 0 }
    finish(new Kind(system, { rtol: 1e-4, ...options }).advance(state, 2))
    return state
  }

  it('end where nothing that is allowed goes on: at a pole, and where what is positive would run out', () => {
    expect(() => run((_t, u) => u * u)).toThrow(IntegrationError)
    expect(() => run(() => -1, {}, [1])).toThrow(/no step from t = (0\.99|1\.0)\d* s succeeds/)
  })

  it('pass on a fault of the program', () => {
    const faulty = (t: number, u: number) => {
      if (t > 0.5) throw new TypeError('a fault')
      return -u
    }
    expect(() => run(faulty)).toThrow(TypeError)
  })
})

it('a fixed step that fails is an end, without a smaller one', () => {
  const system = new DenseSystem({ mass: [1], initial: [1], positive: [1], f: () => [-1] })
  const state = { t: 0, u: system.initial(), integrals: new Float64Array(1), dt: 0 }
  const steps = new Integrator(system, { rtol: 1e-4, fixedStep: 0.75 }).advance(state, 3)
  expect(() => finish(steps)).toThrow(/a fixed step of 0.75 s failed at t = 0.75 s/)
})

it('a direct solve that is given up on the way leaves no factors behind', () => {
  const [nodes, width] = [3, 200]
  const size = nodes * width
  const matrix = new BlockTridiagonal(nodes, width)
  matrix.assemble((add) => {
    for (let k = 0; k < size; k++) add(k, k, -1 - (k % 7))
  })
  const linearisation = new ConstantLinearisation(matrix, new Float64Array(size).fill(1))
  const rhs = new Float64Array(size).fill(1)
  const solved = (beta: number) => {
    const x = new Float64Array(size)
    finish(linearisation.solve(beta, rhs, x))
    return [...x]
  }
  const before = solved(0.5)
  expect(before[3]).toBeCloseTo(1 / (1 + 0.5 * 4), 12)
  const other = linearisation.solve(2, rhs, new Float64Array(size))
  expect(other.next().done).toBe(false)
  expect(solved(0.5)).toEqual(before)
})
