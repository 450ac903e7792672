/** Texts in the language that is on: fallbacks, placeholders, counts, and which language it is. */
import { afterEach, describe, expect, it } from 'vitest'
import { catalogue } from '../../src/language/catalogue.ts'
import { isLanguage, LANGUAGES, language, onLanguage, t, tName, tSaid } from '../../src/language/language.ts'
import { speak } from '../../src/language/speak.ts'

afterEach(() => speak('en'))

describe('a text', () => {
  it('is English without a catalogue, every character itself', () => {
    expect(language()).toBe('en')
    expect(t('Run')).toBe('Run')
    expect(t('$\\frac{a}{b}$ # {n}')).toBe('$\\frac{a}{b}$ # {n}')
  })

  it('takes its values, which are written as they are', () => {
    expect(t('{n} frames/s', { n: 12345.5 })).toBe('12345.5 frames/s')
    expect(t('{a} of {b}, {a}', { a: '{b}', b: '$&' })).toBe('{b} of $&, {b}')
    expect(t('{toString}', {})).toBe('{toString}')
  })

  it('chooses by a count', () => {
    const frames = '{n, plural, one {# frame} other {# frames}} of {of}'
    expect([0, 1, 1.5, 2000].map((n) => t(frames, { n, of: 7 }))).toEqual([
      '0 frames of 7',
      '1 frame of 7',
      '1.5 frames of 7',
      '2000 frames of 7',
    ])
  })

  it('is German where German has it, and English where not', async () => {
    await speak('de')
    expect(language()).toBe('de')
    expect(t('Run')).toBe('Laufen lassen')
    expect(t('{n} frames/s', { n: 30 })).toBe('30 Bilder/s')
    expect(t('No catalogue has this')).toBe('No catalogue has this')
    expect(t('Nor {n, plural, one {this} other {these}}', { n: 2 })).toBe('Nor these')
    expect(t('toString')).toBe('toString')
    await speak('en')
    expect(t('Run')).toBe('Run')
  })
})

describe('a name that is put together', () => {
  it.each([
    ['probe 2, as before', 'Sonde 2, wie zuvor'],
    ['time (ms)', 'Zeit (ms)'],
    ['capacity (Ah/(m² V))', 'Kapazität (Ah/(m² V))'],
    ['cell B, changed on the way', 'Zelle B, unterwegs geändert'],
    ['current, cathodic negative (A/m²)', 'Strom, kathodisch negativ (A/m²)'],
    ['resolved, N = 4', 'aufgelöst, N = 4'],
    ['start 30 s', 'Anfang 30 s'],
    ['order 2.01 (my own, prepared)', 'Ordnung 2.01 (my own, prepared)'],
    ['mine (2), too', 'mine (2), too'],
  ])('%s', async (english, german) => {
    expect(tName(english)).toBe(english)
    await speak('de')
    expect(tName(english)).toBe(german)
  })
})

describe('a catalogue', () => {
  it('follows the plural of its language, without grouping', () => {
    const german = catalogue('de', {
      '{n, plural, one {# row} other {# rows}}': '{n, plural, one {# Zeile} other {# Zeilen}}',
    })
    const rows = (n: number) => german('{n, plural, one {# row} other {# rows}}', { n })
    expect([1, 2, 12345].map(rows)).toEqual(['1 Zeile', '2 Zeilen', '12345 Zeilen'])
  })

  it('leaves a text without values alone', () => {
    const german = catalogue('de', { 'the set {0}': 'die Menge {0}' })
    expect(german('the set {0}')).toBe('die Menge {0}')
    expect(german('another')).toBeUndefined()
  })
})

describe('a language', () => {
  it('is one that there is', () => {
    expect(Object.keys(LANGUAGES).every(isLanguage)).toBe(true)
    expect(['fr', '', 'toString', null, undefined].some(isLanguage)).toBe(false)
  })

  it('is told to those who listen, the last one asked for', async () => {
    const heard: string[] = []
    const stop = onLanguage(() => heard.push(language()))
    await Promise.all([speak('de'), speak('en')])
    expect(language()).toBe('en')
    await speak('de')
    stop()
    await speak('en')
    expect(heard).toEqual(['en', 'de'])
  })
})

describe('a sentence of the data', () => {
  it('is English where nothing else is on, and where German lacks it', async () => {
    expect(tSaid('hold at 3.6 V')).toBe('hold at 3.6 V')
    await speak('de')
    expect(tSaid('go to 3.6 V')).toBe('go to 3.6 V')
  })

  it('is read with its numbers taken out, part by part where the whole is not known', async () => {
    await speak('de')
    expect(tSaid('hold at 3.6 V')).toBe('halten bei 3.6 V')
    expect(tSaid('pulse, discharge at 1e-5 A/m²')).toBe('Puls, entladen mit 1e-5 A/m²')
    expect(tSaid('Discharge at 20 W/m² ended at the lower cut-off of 2.5 V')).toBe(
      '„entladen mit 20 W/m²“ endete an der unteren Abschaltspannung von 2.5 V',
    )
  })
})
