/** What the family rests on, its paper first. */
import type { Work } from '../family.ts'

export const works: readonly Work[] = [
  {
    key: 'Xiao2023',
    authors: ['Xiao, Chun', 'Huang, Huaxiong', 'Xu, Shixin', 'Yu, Tao', 'Yue, Xingye'],
    title: 'Homogenization theory of ion transportation in multicellular tissue',
    year: 2023,
    note: 'Early access April 2023',
    named: /Homogenization theory of ion transportation in multicellular tissue|Xiao 2023/,
  },
  {
    key: 'Mori2015',
    authors: ['Mori, Yoichiro'],
    title:
      'A multidomain model for ionic electrodiffusion and osmosis with an application to cortical spreading depression',
    year: 2015,
    named: /A multidomain model for ionic electrodiffusion and osmosis[\w ]*|Mori 2015/,
  },
  {
    key: 'Goldman1943',
    authors: ['Goldman, David E.'],
    title: 'Potential, impedance, and rectification in membranes',
    year: 1943,
    journal: 'Journal of General Physiology',
    volume: '27',
    number: '1',
    pages: '37--60',
    doi: '10.1085/jgp.27.1.37',
    named: /Goldman 1943/,
  },
]
