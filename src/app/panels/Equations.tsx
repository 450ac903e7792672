/** The equations of the active model. Terms carry ids, so that a parameter under the pointer lights up where it acts. */
import katex from 'katex'
import 'katex/dist/katex.min.css'
import { useEffect, useMemo, useRef } from 'react'
import type { Equation } from '../../models/family.ts'
import { useLab } from '../session.ts'

export default function Equations() {
  const model = useLab((s) => s.model)
  const terms = useLab((s) => s.hoveredTerms)
  const host = useRef<HTMLDivElement>(null)
  const equations = model?.equations
  const html = useMemo(() => equations?.map(typeset) ?? [], [equations])

  // biome-ignore lint/correctness/useExhaustiveDependencies: new equations have new elements
  useEffect(() => {
    for (const element of host.current?.querySelectorAll('[class*="term-"]') ?? [])
      element.classList.toggle(
        'lit',
        terms.some((term) => element.classList.contains(`term-${term}`)),
      )
  }, [terms, html])

  if (!model) return <p className="hint">The model is being built.</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div
      className="equations"
      ref={host}
      tabIndex={0}
      role="region"
      aria-label={`Equations of the ${model.classLabel} model`}
    >
      <p className="equations-class">{model.classLabel}</p>
      {model.equations.map((equation, i) => (
        <figure key={equation.tex}>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX output of the family's own formulas */}
          <div className="formula" dangerouslySetInnerHTML={{ __html: html[i] ?? '' }} />
          <figcaption>{equation.caption}</figcaption>
        </figure>
      ))}
    </div>
  )
}

function typeset(equation: Equation): string {
  return katex.renderToString(equation.tex, {
    displayMode: true,
    throwOnError: false,
    output: 'htmlAndMathml',
    strict: 'ignore',
    macros: { '\\term': '\\htmlClass{term-#1}{#2}' },
    trust: (context) => context.command === '\\htmlClass',
  })
}
