/** Places in scenarios and results: what stands there, what may be put there, and what is said where there is nothing. */
import { describe, expect, it } from 'vitest'
import { at, put, readPlace } from '../../src/simulation/places.ts'

const whole = () => ({ cell: { shapes: [{ radius: 0.3 }, { radius: 0.4 }], 'pore|solid': 2 }, title: 'x', none: null })
const many = Object.fromEntries(Array.from({ length: 25 }, (_, k) => [`n${k}`, k]))

describe('a place', () => {
  it.each([
    ['cell.shapes[1].radius', ['cell', 'shapes', 1, 'radius'], 0.4],
    ['cell.pore|solid', ['cell', 'pore|solid'], 2],
    ['title', ['title'], 'x'],
  ])('%s is read, and what stands there', (text, keys, value) => {
    expect(readPlace(text)).toEqual(keys)
    expect(at(whole(), keys)).toBe(value)
  })

  it.each(['a..b', 'a[x]', 'a b', '[', 'a[-1]', 'a."b"'])('%s is none', (text) => {
    expect(() => readPlace(text)).toThrow(`got the place "${text.replaceAll('"', '')}`.slice(0, 16))
  })

  it.each([
    ['cell.shapes[2]', /cell\.shapes\[2\] is not there: the list has 2 entries, counted from 0/],
    ['cell.colour.hue', /cell\.colour is not there; there are shapes, pore\|solid/],
    ['title.length', /title\.length is not there: what should hold it is "x"/],
    ['none.x', /none\.x is not there: what should hold it is null/],
    ['cell.shapes.length.x', /cell\.shapes\.length\.x is not there/],
    ['toString.name', /toString is not there/],
  ])('%s is not there', (text, sentence) => {
    expect(() => at(whole(), readPlace(text))).toThrow(sentence)
  })

  it('names some of many, and says that there are none', () => {
    expect(() => at(many, ['m'])).toThrow(/n18, n19, …$/)
    expect(() => at({}, ['m'])).toThrow(/there are no entries/)
  })
})

describe('putting', () => {
  it('changes what is there, and adds to objects', () => {
    const own = whole()
    put(own, readPlace('cell.shapes[0].radius'), 0.1)
    put(own, readPlace('cell.resolution'), 32)
    expect(own.cell).toEqual({ shapes: [{ radius: 0.1 }, { radius: 0.4 }], 'pore|solid': 2, resolution: 32 })
  })

  it.each([
    ['cell.shapes[2]', /the list has 2 entries/],
    ['cell.shapes.first', /the list has 2 entries/],
    ['cell[0]', /cell\[0\] is not there; there are shapes/],
    ['title.a', /what should hold it is "x"/],
    ['none.a', /what should hold it is null/],
    ['', /is not there/],
  ])('%j is refused', (text, sentence) => {
    expect(() => put(whole(), readPlace(text), 1)).toThrow(sentence)
  })

  it('changes nothing but what it is given', () => {
    const own: Record<string, unknown> = {}
    put(own, readPlace('__proto__'), { polluted: true })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(Object.getPrototypeOf(own)).toBe(Object.prototype)
  })
})
