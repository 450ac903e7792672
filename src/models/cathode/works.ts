/** What the family rests on, its paper first. */
import type { Work } from '../family.ts'

export const works: readonly Work[] = [
  {
    key: 'Schmuck2017',
    authors: ['Schmuck, Markus'],
    title:
      'Upscaling of solid-electrolyte composite intercalation cathodes for energy storage systems: Homogenized composite cathode equations',
    year: 2017,
    journal: 'Applied Mathematics Research eXpress',
    volume: '2017',
    number: '2',
    pages: '402--430',
    doi: '10.1093/amrx/abx003',
    named: /Upscaling of [\w -]*composite (intercalation )?cathodes|Schmuck 2017/,
  },
  {
    key: 'Doyle1993',
    authors: ['Doyle, Marc', 'Fuller, Thomas F.', 'Newman, John'],
    title: 'Modeling of galvanostatic charge and discharge of the lithium/polymer/insertion cell',
    year: 1993,
    journal: 'Journal of The Electrochemical Society',
    volume: '140',
    number: '6',
    pages: '1526--1533',
    doi: '10.1149/1.2221597',
    named: /J\. Electrochem\. Soc\. 140 \(1993\) 1526/,
  },
  {
    key: 'Bazant2013',
    authors: ['Bazant, Martin Z.'],
    title: 'Theory of chemical kinetics and charge transfer based on nonequilibrium thermodynamics',
    year: 2013,
    journal: 'Accounts of Chemical Research',
    volume: '46',
    number: '5',
    pages: '1144--1160',
    doi: '10.1021/ar300145c',
    named: /Acc\. Chem\. Res\. 46 \(2013\) 1144|Bazant 2013/,
  },
  {
    key: 'Bruggeman1935',
    authors: ['Bruggeman, D. A. G.'],
    title: 'Berechnung verschiedener physikalischer Konstanten von heterogenen Substanzen',
    year: 1935,
    journal: 'Annalen der Physik',
    volume: '416',
    number: '7',
    pages: '636--664',
    doi: '10.1002/andp.19354160705',
    named: /Bruggeman 1935/,
  },
]
