/** What is drawn speaks the language; tables of it stay English, since programs read them. */
import { afterEach, expect, it } from 'vitest'
import { type Chart, chartTable, worded } from '../../src/app/kit/chart.ts'
import { speak } from '../../src/language/speak.ts'

afterEach(() => speak('en'))

const chart: Chart = {
  name: 'probes',
  x: { title: 'time (s)' },
  y: { title: 'capacity (Ah/m²)' },
  y2: { title: 'current (A/m²)' },
  lines: [
    { name: 'probe 1', x: [0, 1], y: [2, 3] },
    { name: 'resolved, as before', x: [0, 1], y: [4, 5], second: true },
  ],
}

it('a chart is drawn in German and written in English', async () => {
  const { header } = chartTable(chart)
  expect(worded(chart)).toEqual({ ...chart, note: undefined })
  await speak('de')
  expect(chartTable(chart).header).toEqual(header)
  expect(header[1]).toBe('probe 1, capacity (Ah/m²)')
  const { x, y, y2, lines } = worded(chart)
  expect([x, y, y2].map((axis) => axis?.title)).toEqual(['Zeit (s)', 'Kapazität (Ah/m²)', 'Strom (A/m²)'])
  expect(lines.map(({ name }) => name)).toEqual(['Sonde 1', 'aufgelöst, wie zuvor'])
  expect(lines[0].y).toBe(chart.lines[0].y)
})
