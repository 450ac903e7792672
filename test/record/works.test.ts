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

it('identifiers are those that were found in a paper or in several lists of references, and no others', () => {
  expect(Object.fromEntries(works.map(({ key, doi }) => [key, doi]))).toEqual({
    Xiao2023: undefined,
    Mori2015: undefined,
    Goldman1943: '10.1085/jgp.27.1.37',
    Schmuck2013: undefined,
    Scharfetter1969: '10.1109/T-ED.1969.16566',
    // Printed on the paper itself.
    Schmuck2017: '10.1093/amrx/abx003',
    Doyle1993: '10.1149/1.2221597',
    Bazant2013: '10.1021/ar300145c',
    Bruggeman1935: '10.1002/andp.19354160705',
  })
  // As the paper of 2017 cites it.
  const porous = works.find(({ key }) => key === 'Schmuck2013')
  expect(porous && bibtex(porous)).toMatch(/volume = \{54\},\n {2}number = \{2\},\n {2}pages = \{021504\}/)
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
