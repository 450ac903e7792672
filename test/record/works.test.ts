/** Citations: entries that BibTeX reads, and sources as links. */
import { describe, expect, it } from 'vitest'
import { families } from '../../src/models/index.ts'
import { addressOf, bibtex, citation, linked, PLACEHOLDER, programBibtex } from '../../src/record/works.ts'
import { VERSION } from '../../src/version.ts'

const works = (await Promise.all(families.map((family) => family.works?.() ?? []))).flat()
const papers = await Promise.all(families.map(async ({ works: own }) => (await own!())[0]))

it('entries have balanced braces, authors and a year', () => {
  for (const text of [...works.map(bibtex), programBibtex(VERSION, 2026)]) {
    expect(text.split('{').length).toBe(text.split('}').length)
    expect(text).toMatch(/^@(article|misc|software)\{\w+,\n/)
    expect(text).toMatch(/\n {2}year = \{\d{4}\}/)
    expect(text).toMatch(/author = \{/)
  }
})

it('the identifier of the program says that it is none', () => {
  expect(programBibtex(VERSION, 2026)).toMatch(/placeholder/)
  expect(citation(VERSION, 2026)).toContain(`version ${VERSION} (2026), doi:${PLACEHOLDER} (a placeholder)`)
})

describe('sources as links', () => {
  it.each(families.map(({ name, sources }) => [name, sources] as const))(
    'of %s: the paper leads somewhere',
    (_, sources) => {
      const [paper] = sources
      expect(linked(paper, works).some(({ href }) => href?.startsWith('https://'))).toBe(true)
      for (const source of sources)
        expect(
          linked(source, works)
            .map(({ text }) => text)
            .join(''),
        ).toBe(source)
    },
  )

  it('known works, addresses and identifiers are told from words', () => {
    expect(linked('One value; 0.05 after Mori 2015, Goldman 1943', works)).toEqual([
      { text: 'One value; 0.05 after ' },
      { text: 'Mori 2015', href: expect.stringContaining('search.crossref.org') },
      { text: ', ' },
      { text: 'Goldman 1943', href: 'https://doi.org/10.1085/jgp.27.1.37' },
    ])
    expect(linked('see https://example.org/a, 10.1000/182', works)).toEqual([
      { text: 'see ' },
      { text: 'https://example.org/a', href: 'https://example.org/a' },
      { text: ', ' },
      { text: '10.1000/182', href: 'https://doi.org/10.1000/182' },
    ])
    expect(linked('Room temperature', works)).toEqual([{ text: 'Room temperature' }])
    expect(linked('', works)).toEqual([])
  })

  it('the papers name their authors as the papers do', () => {
    expect(papers.map(({ authors }) => authors.map((a) => a.split(',')[0]).join(' '))).toEqual([
      'Xiao Huang Xu Yu Yue',
      'Schmuck',
      'Schmuck',
    ])
    expect(addressOf(papers[2])).toBe('https://doi.org/10.1093/amrx/abx003')
  })
})
