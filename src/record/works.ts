/**
 * What the program rests on, for those who cite it, and for links where a source is named. A digital identifier is given
 * where it has been checked; the others are found by their title.
 */
import type { Work } from '../models/family.ts'
import { PROGRAM } from './identity.ts'

/** Where a work is found: by its identifier, else by its title. */
export function addressOf({ doi, title }: Pick<Work, 'doi' | 'title'>): string {
  return doi === undefined ? `https://search.crossref.org/?q=${encodeURIComponent(title)}` : `https://doi.org/${doi}`
}

export interface Piece {
  text: string
  /** Where it leads. */
  href?: string
}

const BARE = /https?:\/\/[^\s,;)]+|\b10\.\d{4,9}\/[^\s,;)]+/

/** A text of sources in pieces, those that name one of the works, an address or an identifier as links. */
export function linked(text: string, works: readonly Work[]): Piece[] {
  const found = works.flatMap((work) => {
    const match = work.named.exec(text)
    return match ? [{ at: match.index, text: match[0], href: addressOf(work) }] : []
  })
  const bare = BARE.exec(text)
  if (bare)
    found.push({
      at: bare.index,
      text: bare[0],
      href: bare[0].startsWith('http') ? bare[0] : `https://doi.org/${bare[0]}`,
    })
  const first = found.reduce<(typeof found)[number] | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined)
  if (!first) return text === '' ? [] : [{ text }]
  const end = first.at + first.text.length
  const before = first.at > 0 ? [{ text: text.slice(0, first.at) }] : []
  return [...before, { text: first.text, href: first.href }, ...linked(text.slice(end), works)]
}

/** Signs that BibTeX reads. */
const plain = (text: string) => text.replace(/[&%$#_]/g, '\\$&')

function entry(kind: string, key: string, fields: readonly (readonly [string, string | undefined])[]): string {
  const lines = fields.flatMap(([name, text]) => (text === undefined ? [] : [`  ${name} = {${text}}`]))
  return `@${kind}{${key},\n${lines.join(',\n')}\n}`
}

export function bibtex({ key, authors, title, year, journal, volume, number, pages, doi, note }: Work): string {
  return entry(journal === undefined ? 'misc' : 'article', key, [
    ['author', plain(authors.join(' and '))],
    ['title', `{${plain(title)}}`],
    ['journal', journal && plain(journal)],
    ['year', String(year)],
    ['volume', volume],
    ['number', number],
    ['pages', pages],
    ['doi', doi],
    ['note', note],
  ])
}

/** Stands for the identifier that a release gets when it is archived; there is none yet. */
export const PLACEHOLDER = '10.xxxx/placeholder'

const SUBTITLE = 'a laboratory in the browser for homogenized ion transport'

export function programBibtex(version: string, year: number): string {
  return entry('software', PROGRAM, [
    ['title', `{${PROGRAM}}: ${SUBTITLE}`],
    ['author', `{${PROGRAM} contributors}`],
    ['version', version],
    ['year', String(year)],
    ['doi', PLACEHOLDER],
    ['note', 'The DOI is a placeholder: replace it by that of the release'],
  ])
}

/** The program in a sentence of a text. */
export function citation(version: string, year: number): string {
  return `${PROGRAM} contributors: ${PROGRAM}, ${SUBTITLE}, version ${version} (${year}), doi:${PLACEHOLDER} (a placeholder).`
}
