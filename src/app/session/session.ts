/** The one laboratory of this page: its store, its engine, and where its scenario came from. */
import { useStore } from 'zustand'
import type { Scenario } from '../simulation/scenario.ts'
import { openingPlot } from './battery/dischargeChart.ts'
import { KeptCurves } from './battery/keptCurves.ts'
import { RateDesk } from './battery/rateDesk.ts'
import { openingSlots } from './charts/slots.ts'
import { cellProblems, createClient, decodeScenario, type Opened, openingScenario, scenarioProblems } from './house.ts'
import { keepSaved, restoreSaved } from './store/autosave.ts'
import { BranchDesk } from './store/branchDesk.ts'
import { animationClock } from './store/clock.ts'
import { ComparisonDesk } from './store/comparisonDesk.ts'
import { Engine } from './store/engine.ts'
import { createLab, current, type Lab, type LabState } from './store/lab.ts'
import { notify } from './store/notices.ts'

export let lab: Lab
export let engine: Engine
export let branches: BranchDesk
export let comparisons: ComparisonDesk
export let keptCurves: KeptCurves
export let rateDesk: RateDesk

/** What surrounds the picture when the page is embedded: `?chrome=full|minimal|picture`. */
export type Chrome = 'full' | 'minimal' | 'picture'

export function chrome(): Chrome {
  const wanted = new URLSearchParams(location.search).get('chrome')
  return wanted === 'minimal' || wanted === 'picture' ? wanted : 'full'
}

export async function openSession(): Promise<void> {
  const { scenario, warning } = await findScenario()
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  lab = createLab(scenario, calm ? 'paused' : 'running')
  const theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  lab.setState({ theme, ...openingSlots(scenario), plot: openingPlot(scenario) })
  const parts = { connect: createClient, clock: animationClock(), cellProblems, problems: scenarioProblems }
  engine = new Engine(lab, parts)
  branches = new BranchDesk(lab, engine)
  comparisons = new ComparisonDesk(lab, parts)
  keptCurves = new KeptCurves(lab, engine)
  rateDesk = new RateDesk(lab, parts, navigator.hardwareConcurrency)
  if (warning) notify(lab, { level: 'warning', message: warning })
  engine.restart()
  keepSaved(lab)
}

/** The link's scenario, else the one of the last visit, else the opening one. */
async function findScenario(): Promise<Opened> {
  const code = linkCode()
  if (code) {
    try {
      return await decodeScenario(code)
    } catch (error) {
      return {
        scenario: openingScenario,
        warning: `The link could not be read (${error instanceof Error ? error.message : String(error)}); the opening scenario is shown instead. Ask for the scenario file, or copy the whole link again.`,
      }
    }
  }
  return { scenario: (chrome() === 'full' ? await restoreSaved() : undefined) ?? openingScenario }
}

export function linkCode(): string | undefined {
  return /^#s=(.+)$/.exec(location.hash)?.[1]
}

export function useLab<T>(selector: (state: LabState) => T): T {
  return useStore(lab, selector)
}

export function useScenario(): Scenario {
  return useStore(lab, current)
}

export function useHistory(): { canUndo: boolean; canRedo: boolean } {
  const canUndo = useStore(lab.temporal, (s) => s.pastStates.length > 0)
  const canRedo = useStore(lab.temporal, (s) => s.futureStates.length > 0)
  return { canUndo, canRedo }
}
