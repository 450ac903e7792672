/** The built-in scenarios, which load when the gallery is first shown. */
import { parseScenario } from '../../simulation/parse.ts'
import type { Scenario } from '../../simulation/scenario.ts'

const files = import.meta.glob<unknown>('../../scenarios/*.json', { eager: true, import: 'default' })

/** The opening one of each family, then by name, each before its variants. */
export function presets(): { name: string; scenario: Scenario }[] {
  const opens = (name: string) => Number(name.endsWith('-opening'))
  return Object.entries(files)
    .map(([path, json]) => ({ name: path.replace(/^.*\/|\.json$/g, ''), scenario: parseScenario(json) }))
    .sort((a, b) => opens(b.name) - opens(a.name) || (a.name < b.name ? -1 : 1))
}
