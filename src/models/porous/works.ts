/** What the family rests on, its paper first. */
import type { Work } from '../family.ts'

export const works: readonly Work[] = [
  {
    key: 'Schmuck2013',
    authors: ['Schmuck, Markus'],
    title: 'New porous medium Poisson-Nernst-Planck equations for strongly oscillating electric potentials',
    year: 2013,
    journal: 'Journal of Mathematical Physics',
    volume: '54',
    number: '2',
    pages: '021504',
    named:
      /New porous medium Poisson-Nernst-Planck equations for strongly oscillating electric potentials|Schmuck 2013/,
  },
  {
    key: 'Scharfetter1969',
    authors: ['Scharfetter, D. L.', 'Gummel, H. K.'],
    title: 'Large-signal analysis of a silicon Read diode oscillator',
    year: 1969,
    journal: 'IEEE Transactions on Electron Devices',
    volume: '16',
    pages: '64--77',
    doi: '10.1109/T-ED.1969.16566',
    named: /IEEE Trans\. Electron Devices 16 \(1969\) 64/,
  },
]
