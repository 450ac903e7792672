/** Texts of lessons as the page draws them. */
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Told, Words } from '../../src/app/lessons/Told.tsx'
import { askedLesson } from '../../src/app/store/lessons.ts'
import { lessons } from '../lessons/setup.ts'

const told = (text: string) => renderToStaticMarkup(createElement(Told, null, text))
const words = (text: string) => renderToStaticMarkup(createElement(Words, null, text))

describe('a text', () => {
  it('becomes paragraphs, lists, tables and formulas', () => {
    const html = told(
      'One **two** *three* `x < y`.\n\n- a\n- b\n\n1. c\n\n| d |\n|---|\n| e |\n\n$$x^2$$\n\nIn $a<b$ line.',
    )
    expect(html).toMatch(/<p>One <strong>two<\/strong> <em>three<\/em> <code>x &lt; y<\/code>\.<\/p>/)
    expect(html).toMatch(/<ul><li>a<\/li><li>b<\/li><\/ul><ol><li>c<\/li><\/ol>/)
    expect(html).toMatch(/<th scope="col">d<\/th>.*<td>e<\/td>/)
    expect(html).toMatch(/class="display".*katex-display/)
    expect(html).toMatch(/<p>In <span><span class="katex">/)
  })

  it('shows tags as words and follows no link but to the web', () => {
    const html = told('<img src=x onerror=alert(1)> and <b>bold</b> [a](javascript:alert(1)) [b](https://example.org)')
    expect(html).not.toMatch(/<img|<b>|javascript:/)
    expect(html).toContain('&lt;b&gt;')
    expect(html).toContain('href="https://example.org"')
  })

  it('keeps quotes and signs of the text as they are', () => {
    expect(told('"a" & \'b\' < c')).toBe('<div class="told"><p>&quot;a&quot; &amp; &#x27;b&#x27; &lt; c</p></div>')
    expect(words('**p** is $p$')).toMatch(/^<strong>p<\/strong> is <span>/)
  })
})

it.each(lessons.map((lesson) => [lesson.name, lesson] as const))('%s has no formula with a mistake', (_, lesson) => {
  const texts = lesson.steps.flatMap((step) => [
    step.text,
    ...(step.kind === 'predict' ? (step.question.help ?? []).map(({ text }) => text) : []),
  ])
  const lines = [...lesson.goals, ...lesson.prior, ...Object.values(lesson.minutes), ...lesson.leavesOut]
  for (const html of [...texts.map(told), ...lines.map(words)]) {
    expect(html).not.toMatch(/katex-error|mathcolor/)
    // A dollar that is left over has lost its partner.
    expect(html.replace(/<annotation.*?<\/annotation>/g, '')).not.toContain('$')
  }
})

it.each([
  ['', {}],
  ['?lesson=tensor', { open: 'tensor' }],
  ['?theme=dark&lesson=wave&teacher=1', { teacher: 'wave' }],
  ['?teacher=1', {}],
])('the address %s asks for a lesson', (search, asked) => {
  expect(JSON.parse(JSON.stringify(askedLesson(search)))).toEqual(asked)
})
