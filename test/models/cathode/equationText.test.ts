/** The equations on screen are those of the chosen electrolyte, and can be typeset. */
import katex from 'katex'
import { describe, expect, it } from 'vitest'
import { card } from '../../../src/models/cathode/card.ts'
import { classes } from '../../../src/models/cathode/classes.ts'
import { defaults } from '../../../src/parameter.ts'

const { of } = classes.independent
const text = (parameters: object) => of!({ ...defaults(card.parameters), ...parameters })
const joined = (parameters: object) =>
  text(parameters)
    .map(({ tex, caption }) => tex + caption)
    .join('\n')

describe('the equations of a cathode', () => {
  it.each([
    ['E1', ['c_+', 'c_-', 'Poisson'], 'i_p = '],
    ['E2', ['D_+-D_-', 'E2'], 'Poisson'],
    ['E3', ['(1-t_+)', 'E3'], 'Poisson'],
    ['E4', ['\\psi_-', 'E4'], '(1-t_+)'],
  ])('are those of %s', (electrolyte, has, hasNot) => {
    for (const part of has) expect(joined({ electrolyte })).toContain(part)
    expect(joined({ electrolyte })).not.toContain(`\n${hasNot}`)
  })

  it('have Darcy where the electrolyte is pumped, and lithium in the solid where it is connected', () => {
    expect(joined({ flow: 'pumped' })).toContain('Darcy')
    expect(joined({ flow: 'none' })).not.toContain('Darcy')
    const connected = classes.connected.of!(defaults(card.parameters))
    expect(connected.some(({ caption }) => caption.includes('connected solid'))).toBe(true)
  })

  it('can be typeset', () => {
    for (const electrolyte of ['E1', 'E2', 'E3', 'E4'])
      for (const { tex } of text({ electrolyte, flow: 'pumped' })) {
        const macros = { '\\term': '\\htmlClass{term-#1}{#2}' }
        const options = { throwOnError: true, strict: 'ignore', trust: true, macros } as const
        expect(() => katex.renderToString(tex, options), tex).not.toThrow()
      }
  })
})
