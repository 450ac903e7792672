import { parseScenario } from '../src/simulation/parse.ts'
import { compare } from '../src/simulation/compare.ts'
import { simulate } from '../src/simulation/simulate.ts'
import { readFileSync } from 'node:fs'
const base = JSON.parse(readFileSync('src/scenarios/' + process.argv[2] + '.json', 'utf8'))
const extra = JSON.parse(process.argv[3] ?? '{}')
const s = parseScenario({ ...base, ...extra })
{ const { micro, ...rest } = s as any; let n: any, last: any; for (const e of simulate(rest)) { if (e.kind === 'model') { n = e.model.observables.map((o) => o.name); console.log(e.model.notices.map((x) => x.message).join('\n')) } if (e.kind === 'frame') last = e.frame; if (e.kind === 'end') console.log(e.summary.stoppedBy) }
for (const k of ['voltage', 'utilisation', 'filling', 'capacity', 'budget_salt', 'budget_lithium', 'continuity', 'current']) console.log(k, last.observables[n.indexOf(k)]) ; console.log(last.t) }
const g = compare(s, JSON.parse(process.argv[4]))
for (;;) { const n = g.next(); if (n.done) { console.log(n.value.orders, n.value.seconds); break } if (n.value.kind === 'row') console.log(n.value.row.N, JSON.stringify(n.value.row.errors), n.value.row.seconds) }
