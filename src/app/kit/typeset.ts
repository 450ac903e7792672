/**
 * Formulas as HTML. What is typeset once is kept outside React, which begins the work of a component anew whenever a
 * running simulation redraws the page first.
 */
import katex from 'katex'

const done = new Map<string, string>()

/** @param tex of the house, with \term{name}{...} around what a parameter lights up */
export function typeset(tex: string, display: boolean): string {
  const key = `${display}${tex}`
  const html = done.get(key) ?? render(tex, display)
  done.set(key, html)
  return html
}

function render(tex: string, displayMode: boolean): string {
  return katex.renderToString(tex, {
    displayMode,
    throwOnError: false,
    output: 'htmlAndMathml',
    strict: 'ignore',
    macros: { '\\term': '\\htmlClass{term-#1}{#2}' },
    trust: (context) => context.command === '\\htmlClass',
  })
}
