/** The resolved model is the judge: the error of homogenization is of first order in the size of the cells. */
import { compare, finish } from '../src/index.ts'
import convergence from '../src/scenarios/porous-convergence.json' with { type: 'json' }
import { type Example, scenario } from './example.ts'

const film = scenario(convergence)

export const example: Example = {
  title: 'Order of homogenization',
  source:
    'A. Bensoussan, J.-L. Lions, G. Papanicolaou, Asymptotic Analysis for Periodic Structures (1978): order 1 in L2',
  published: 1,
  unit: '1',
  within: 0.01,
  scenario: film,
  compute: () => finish(compare(film, [4, 8])).orders.L2c,
}
