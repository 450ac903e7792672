/** What an address asks for by name, after its question mark (docs/addresses.md). Nothing of it is ever an error. */
import { LANGUAGES, t } from '../../language/language.ts'
import type { Chrome, SlotView } from '../store/lab.ts'
import type { Looks } from '../store/sharedView.ts'
import { VIEWS_BY_NAME } from '../store/slots.ts'

/** Parts of the page that an address may choose from, beside the charts. */
export const PARTS = ['cell', 'map', 'parameters'] as const
export type PanelName = (typeof PARTS)[number] | SlotView

export interface Address {
  chrome: Chrome
  /** Name of a built-in scenario. */
  scenario?: string
  looks: Looks
  /** Where the run stops, s. */
  time?: number
  running?: boolean
  panels?: readonly PanelName[]
  /** Names of the parameters that can be set; `cell` for the reference cell. */
  editable?: readonly string[]
  present: boolean
  /** The description of the scenario is shown. */
  note: boolean
  /** Origin of the page around this one that may speak to it. */
  origin?: string
  /** What could not be read, in sentences. */
  problems: readonly string[]
}

export function readAddress(search: string): Address {
  const query = new URLSearchParams(search)
  const problems: string[] = []
  const text = (name: string) => query.get(name)?.trim() || undefined
  const wrong = (name: string, allowed: string) => {
    problems.push(
      t('{name}: got "{got}"; allowed are {allowed}', { name, got: (query.get(name) ?? '').slice(0, 60), allowed }),
    )
    return undefined
  }
  const choice = <T extends string>(name: string, options: readonly T[]): T | undefined => {
    const got = text(name)
    if (got === undefined) return undefined
    return options.find((o) => o === got) ?? wrong(name, options.join(', '))
  }
  const flag = (name: string) => {
    const got = choice(name, ['0', '1'])
    return got === undefined ? undefined : got === '1'
  }
  const list = (name: string) =>
    text(name)
      ?.split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '')
  const time = text('t')
  const seconds = time === undefined ? undefined : Number(time)
  const theme = choice('theme', ['light', 'dark'])
  const large = flag('large')
  // Its catalogue comes before the laboratory does (ground/chosenLanguage.ts); here a wrong name is said.
  choice('language', Object.keys(LANGUAGES))
  const field = text('field')
  const panels = panelsOf(list('panels'), (got) => {
    const allowed = [...PARTS, ...VIEWS_BY_NAME].join(', ')
    problems.push(t('{name}: got "{got}"; allowed are {allowed}', { name: 'panels', got: got.slice(0, 60), allowed }))
  })
  const { chrome, chart } = surroundings(text('chrome') ?? 'full', () =>
    wrong('chrome', t('full, minimal, picture, cell, and chart: with {names}', { names: VIEWS_BY_NAME.join(', ') })),
  )
  const charts = chart ? [chart] : (panels ?? []).filter((p): p is SlotView => VIEWS_BY_NAME.includes(p as SlotView))
  return {
    chrome,
    scenario: text('scenario'),
    looks: {
      ...(field !== undefined && { field }),
      ...(theme && { theme }),
      ...(large !== undefined && { large }),
      ...(charts.length > 0 && {
        slots: { first: charts[0], second: charts[1] ?? 'probes', third: charts[2] ?? 'equations' },
      }),
    },
    time: seconds === undefined || seconds >= 0 ? seconds : wrong('t', t('seconds from 0 on')),
    running: flag('run'),
    panels,
    editable: list('editable'),
    present: flag('present') ?? false,
    note: flag('note') ?? false,
    origin: origin(text('origin'), () =>
      wrong('origin', t('addresses of sites such as {example}', { example: 'https://example.org' })),
    ),
    problems,
  }
}

function panelsOf(names: readonly string[] | undefined, wrong: (name: string) => void): PanelName[] | undefined {
  const known: readonly string[] = [...PARTS, ...VIEWS_BY_NAME]
  const panels = names?.filter((name): name is PanelName => {
    if (known.includes(name)) return true
    wrong(name)
    return false
  })
  return panels && panels.length > 0 ? panels : undefined
}

function surroundings(got: string, wrong: () => undefined): { chrome: Chrome; chart?: SlotView } {
  const [name, of] = got.split(':')
  const chart = VIEWS_BY_NAME.find((view) => view === of)
  if (name === 'chart' && chart) return { chrome: 'chart', chart }
  const level = (['full', 'minimal', 'picture', 'cell'] as const).find((c) => c === got)
  return { chrome: level ?? wrong() ?? 'full' }
}

function origin(got: string | undefined, wrong: () => undefined): string | undefined {
  if (got === undefined) return undefined
  return URL.canParse(got) && new URL(got).origin === got ? got : wrong()
}
