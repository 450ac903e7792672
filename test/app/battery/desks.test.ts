import { describe, expect, it } from 'vitest'
import { commit, discard, draft, edit, setParameter } from '../../../src/app/store/edits.ts'
import { KeptCurves, MOST_KEPT } from '../../../src/app/store/keptCurves.ts'
import type { Client } from '../../../src/app/store/parts.ts'
import { RateDesk } from '../../../src/app/store/rateDesk.ts'
import { SketchDesk } from '../../../src/app/store/sketchDesk.ts'
import { trackOf } from '../../../src/app/store/track.ts'
import type { Discharge } from '../../../src/models/family.ts'
import { parseRates } from '../../../src/models/rates.ts'
import type { ModelDescription, Summary } from '../../../src/simulation/frame.ts'
import type { Request, Response } from '../../../src/worker/protocol.ts'
import { fakeLab, frame, model as plain } from '../fake.ts'

const observable = (name: string) => ({ name, label: name, unit: '1', factor: 1, group: 'voltage' })
const model: ModelDescription = {
  ...plain,
  stepLabels: ['discharge'],
  observables: [observable('voltage'), observable('utilisation')],
}

/** A lab whose run is a discharge. */
function battery() {
  const parts = fakeLab()
  const { engine, respond, run } = parts
  const kept = new KeptCurves(parts.lab, engine)
  engine.restart()
  const discharge = (last = 4) => {
    respond({ kind: 'model', run: run(), model })
    for (let i = 0; i <= last; i++)
      respond({ kind: 'frame', run: run(), frame: { ...frame(i), observables: Float64Array.of(3 - i / 10, i / 10) } })
  }
  const end = () =>
    respond({ kind: 'end', run: run(), summary: { stoppedBy: 'protocol', ending: 'Discharged' } as Summary })
  const curves = () => parts.lab.getState().kept
  return { ...parts, kept, discharge, end, curves }
}

describe('a protocol under a drag', () => {
  const sketches = () => {
    const parts = battery()
    const posted: Request[] = []
    let respond: (response: Response) => void = () => undefined
    const desk = new SketchDesk(parts.lab, {
      connect: (onResponse) => {
        respond = onResponse
        return { post: (request) => posted.push(request), dispose: () => undefined }
      },
      problems: () => [],
    })
    const starts = () => posted.filter((r) => r.kind === 'start')
    /** The worker's answer to the last start. */
    const answer = () => {
      const { run } = starts().at(-1)!
      respond({ kind: 'model', run, model })
      for (const i of [0, 1, 2])
        respond({ kind: 'frame', run, frame: { ...frame(i), observables: Float64Array.of(3 - i / 10, i / 10) } })
      respond({ kind: 'end', run, summary: { stoppedBy: 'protocol' } as Summary })
    }
    const fail = () => {
      const { run } = starts().at(-1)!
      respond({ kind: 'failed', run, problems: [], notice: { level: 'error', message: 'too coarse' } })
    }
    const nodes = () => starts().map((r) => r.scenario.cell.resolution)
    return { ...parts, desk, starts, nodes, answer, fail }
  }

  it('is drawn whole for the newest scenario, coarse first, while the run hears nothing', () => {
    const { lab, discharge, sent, pass, starts, nodes, answer } = sketches()
    discharge()
    for (const G of [0.5, 0.6, 0.7]) draft(lab, setParameter('G_K', G))
    pass(1, 10)
    expect(sent('change')).toEqual([])
    expect(starts()).toHaveLength(1)
    answer()
    expect(lab.getState().sketch).toMatchObject({ coarse: true, scenario: { parameters: { G_K: 0.5 } } })
    answer()
    expect(lab.getState().sketch?.scenario.parameters.G_K).toBe(0.7)
    expect(nodes()).toEqual([20, 20, 32])
    answer()
    expect(lab.getState().sketch).toMatchObject({ coarse: false, scenario: { parameters: { G_K: 0.7 } } })
    expect(lab.getState().sketch?.track.voltage).toEqual([3, 2.9, 2.8])
  })

  it('runs again when it is let go, and the curve from before stays as a ghost', () => {
    const { lab, discharge, sent, pass, answer, curves } = sketches()
    discharge()
    draft(lab, setParameter('G_K', 0.5))
    answer()
    commit(lab)
    pass(0.5)
    expect(sent('change')).toEqual([])
    expect(sent('start').at(-1)).toMatchObject({ scenario: { parameters: { G_K: 0.5 } } })
    expect(sent('start').at(-1)?.from).toBeUndefined()
    expect(lab.getState().status).toBe('running')
    expect(curves()).toMatchObject([{ scenario: { parameters: { G_K: 0.8 } }, mixed: false }])
    expect(lab.getState().sketch).toBeDefined()
    edit(lab, setParameter('G_K', 0.4))
    expect(lab.getState().sketch).toBeUndefined()
  })

  it('goes on as it was when the drag is taken back', () => {
    const { lab, discharge, sent, pass } = sketches()
    discharge()
    draft(lab, setParameter('G_K', 0.5))
    discard(lab)
    pass(0.5)
    edit(lab, setParameter('G_K', 0.6))
    pass(0.5)
    expect(sent('start')).toHaveLength(1)
    expect(sent('change').map((r) => r.scenario.parameters.G_K)).toEqual([0.6])
  })

  it('is drawn as it is where coarse meshes cannot hold it', () => {
    const { lab, discharge, nodes, fail, answer } = sketches()
    discharge()
    draft(lab, setParameter('G_K', 0.5))
    fail()
    expect(nodes()).toEqual([20, 32])
    answer()
    expect(lab.getState().sketch?.coarse).toBe(false)
  })
})

describe('a finished protocol', () => {
  it('is not run on, but again from its beginning', () => {
    const { engine, lab, discharge, end, sent } = battery()
    discharge()
    end()
    engine.step()
    expect(sent('credit')).toEqual([])
    engine.play()
    expect(sent('start')).toHaveLength(2)
    expect(sent('start')[1].from).toBeUndefined()
    expect(lab.getState().status).toBe('running')
    expect(lab.getState().scenario.time.end).toBe(10)
  })

  it('runs again with what is changed, and its curve stays', () => {
    const { lab, discharge, end, sent, pass, curves } = battery()
    discharge()
    end()
    edit(lab, setParameter('G_K', 2))
    pass(0.1)
    expect(sent('change')).toEqual([])
    expect(sent('start')[1].scenario.parameters.G_K).toBe(2)
    expect(curves()).toMatchObject([{ scenario: { parameters: { G_K: 0.8 } }, pinned: false, mixed: false }])
    expect(curves()[0].track.voltage).toHaveLength(5)
  })
})

describe('kept curves', () => {
  const change = (parts: ReturnType<typeof battery>, G: number) => {
    parts.discharge()
    parts.end()
    edit(parts.lab, setParameter('G_K', G))
    parts.pass(0.1)
  }

  it('are at most eight, the ones kept by hand the last to go', () => {
    const parts = battery()
    parts.discharge()
    parts.kept.pin()
    for (let G = 1; G < 12; G++) change(parts, G)
    expect(parts.curves()).toHaveLength(MOST_KEPT)
    expect(parts.curves().filter((k) => k.pinned)).toMatchObject([{ scenario: { parameters: { G_K: 0.8 } } }])
    expect(parts.curves().at(-1)?.scenario.parameters.G_K).toBe(10)
  })

  it('do not lie under the same run again', () => {
    const parts = battery()
    change(parts, 1)
    change(parts, 0.8)
    expect(parts.curves().map((k) => k.scenario.parameters.G_K)).toEqual([1])
    parts.discharge()
    parts.engine.restart()
    expect(parts.curves()).toHaveLength(1)
  })

  it('tell when something was changed on the way', () => {
    const parts = battery()
    parts.discharge()
    edit(parts.lab, setParameter('G_K', 1))
    parts.pass(0.1)
    parts.respond({ kind: 'model', run: parts.run(), model: { ...model } })
    parts.respond({
      kind: 'frame',
      run: parts.run(),
      frame: { ...frame(5), observables: Float64Array.of(2, 0.5) },
    })
    parts.engine.restart()
    expect(parts.curves()).toMatchObject([{ mixed: true }])
  })

  it('go with another tissue, and one by one', () => {
    const parts = battery()
    change(parts, 1)
    change(parts, 2)
    parts.kept.remove(parts.curves()[0].id)
    expect(parts.curves()).toHaveLength(1)
    edit(parts.lab, (s) => ({ ...s, title: 'Other', time: { ...s.time, end: 2 * s.time.end } }))
    parts.engine.restart()
    expect(parts.curves()).toEqual([])
  })

  it('are none of a run without a voltage', () => {
    const { engine, begin } = fakeLab()
    engine.restart()
    begin(5)
    expect(trackOf(engine.frames.entries)).toBeUndefined()
  })
})

describe('a family of rates', () => {
  const { rates } = parseRates('C/10, C/2, 1C, 2C, 5C')
  const result = (value: number): Discharge => ({
    current: value,
    utilisation: 1 / (1 + value),
    seconds: 3600 / value,
    stoppedBy: 'lower cut-off',
    time: [],
    charge: [],
    utilisations: [],
    voltage: [],
    specific: [],
    fillings: [],
  })

  function pool(cores: number) {
    const { lab } = fakeLab()
    const workers: { posted: Request[]; respond: (r: Response) => void; open: boolean }[] = []
    const connect = (respond: (r: Response) => void): Client => {
      const worker = { posted: [] as Request[], respond, open: true }
      workers.push(worker)
      return {
        post: (request) => worker.posted.push(request),
        dispose: () => {
          worker.open = false
        },
      }
    }
    const desk = new RateDesk(lab, { connect, problems: () => [] }, cores)
    const asked = (worker: (typeof workers)[number]) => {
      const request = worker.posted.at(-1)
      return request?.kind === 'rate' ? request : undefined
    }
    /** The answer of a worker to what it was asked last. */
    const answer = (worker: (typeof workers)[number]) => {
      const { id, rate } = asked(worker)!
      worker.respond({ kind: 'rated', id, discharge: result(rate.value) })
    }
    const family = () => lab.getState().rates
    return { lab, desk, workers, asked, answer, family, open: () => workers.filter((w) => w.open) }
  }

  it.each([1, 2, 3, 16])('is the same with %i cores, whoever is done first', (cores) => {
    const { desk, workers, answer, family, open } = pool(cores)
    desk.start(rates)
    expect(workers).toHaveLength(Math.min(cores, 4))
    while (open().length > 0) answer(open().at(-1)!)
    expect(family()?.jobs.map((job) => job.discharge)).toEqual(rates.map((r) => result(r.value)))
    expect(family()?.pending).toBe(false)
  })

  it('tells how far each rate is, and keeps what is done when cancelled', () => {
    const { desk, workers, asked, answer, family, open } = pool(2)
    desk.start(rates)
    workers[1].respond({ kind: 'rateProgress', id: asked(workers[1])!.id, fraction: 0.5 })
    expect(family()?.jobs[1]).toMatchObject({ fraction: 0.5 })
    answer(workers[0])
    desk.cancel()
    expect(open()).toEqual([])
    expect(family()).toMatchObject({ pending: false, jobs: [{ rate: rates[0] }] })
    workers[1].respond({ kind: 'rated', id: 2, discharge: result(9) })
    expect(family()?.jobs).toHaveLength(1)
  })

  it('goes on where a rate cannot be computed or its worker crashes', () => {
    const { desk, workers, asked, answer, family } = pool(1)
    desk.start(rates)
    const [worker] = workers
    const problems = [{ path: '', message: 'too fast' }]
    worker!.respond({ kind: 'rateFailed', id: asked(worker!)!.id, problems })
    worker!.respond({ kind: 'failed', run: 0, problems, notice: { level: 'error', message: '' } })
    for (let k = 2; k < rates.length; k++) answer(worker!)
    expect(family()?.jobs.map((job) => job.problem ?? 'done')).toEqual(['too fast', 'too fast', 'done', 'done', 'done'])
    expect(family()?.pending).toBe(false)
  })

  it('of a scenario that cannot be run is not asked for', () => {
    const { lab } = fakeLab()
    const connect = () => {
      throw new Error('not to be opened')
    }
    new RateDesk(lab, { connect, problems: () => [{ path: '', message: 'no cell' }] }, 2).start(rates)
    expect(lab.getState().notices.at(-1)?.message).toMatch(/no cell/)
  })
})
