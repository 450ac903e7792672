/** The equations of the active model. Terms carry ids, so that a parameter under the pointer lights up where it acts. */
import { t } from '../../language/language.ts'
import 'katex/dist/katex.min.css'
import { useEffect, useRef } from 'react'
import { familyOf, trustedInner } from '../ground/house.ts'
import { typeset } from '../kit/typeset.ts'
import { OF_BEFORE, useModelBehind } from '../kit/useBehind.ts'
import { useLab, useScenario } from '../session/context.ts'
import { FamilyNotes } from './FamilyNotes.tsx'

export default function Equations() {
  const { notes } = familyOf(useScenario())
  const model = useLab((s) => s.model)
  const terms = useLab((s) => s.hoveredTerms)
  const host = useRef<HTMLElement>(null)
  const equations = model?.equations
  const html = equations?.map(({ tex }) => typeset(tex, true)) ?? []
  // A model that is built anew mostly has the equations of the one before.
  const all = equations?.map(({ tex }) => tex).join()

  // biome-ignore lint/correctness/useExhaustiveDependencies: new equations have new elements
  useEffect(() => {
    for (const element of host.current?.querySelectorAll('[class*="term-"]') ?? [])
      element.classList.toggle(
        'lit',
        terms.some((term) => element.classList.contains(`term-${term}`)),
      )
  }, [terms, all])

  // A formula wider than the panel is set smaller, down to where it would no longer be read from the back row.
  // biome-ignore lint/correctness/useExhaustiveDependencies: new equations are measured anew
  useEffect(() => {
    const fit = () => {
      const formulas = [...(host.current?.querySelectorAll<HTMLElement>('.formula') ?? [])]
      // All are measured between one change of the page and the next, so that it is laid out once.
      for (const formula of formulas) formula.style.fontSize = ''
      const needs = formulas.map(({ scrollWidth, clientWidth }) => scrollWidth / clientWidth)
      formulas.forEach((formula, k) => {
        if (needs[k] > 1) formula.style.fontSize = `${Math.max(0.72, 0.98 / needs[k])}em`
      })
    }
    const observer = new ResizeObserver(fit)
    const element = host.current
    if (element) observer.observe(element)
    // Notes have a width once they are opened; that event does not bubble.
    element?.addEventListener('toggle', fit, true)
    void document.fonts.ready.then(fit)
    return () => {
      observer.disconnect()
      element?.removeEventListener('toggle', fit, true)
    }
  }, [all])

  const behind = useModelBehind()
  if (!model) return <p className="hint equations">{t('The model is being built.')}</p>
  return (
    <section
      className="equations"
      data-behind={behind || undefined}
      ref={host}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={t('Equations of the {model} model', { model: t(model.classLabel) })}
    >
      {behind && <p className="behind-note">{t(OF_BEFORE)}</p>}
      <p className="equations-class">{t(model.classLabel)}</p>
      {model.equations.map((equation, i) => (
        <figure key={equation.tex}>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX output of the family's own formulas */}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the panel scrolls, also by keyboard */}
          <div className="formula" tabIndex={0} dangerouslySetInnerHTML={trustedInner(html[i] ?? '')} />
          <figcaption>{t(equation.caption)}</figcaption>
        </figure>
      ))}
      {notes && <FamilyNotes load={notes} />}
    </section>
  )
}
