/** The built-in scenarios, which load when the gallery is first shown. */
import { t } from '../../language/language.ts'
import { parseScenario } from '../../simulation/parse.ts'
import type { Scenario } from '../../simulation/scenario.ts'

const files = import.meta.glob<unknown>('../../scenarios/*.json', { eager: true, import: 'default' })

const nameOf = (path: string) => path.replace(/^.*\/|\.json$/g, '')
const fileOf = (name: string) => files[`../../scenarios/${name}.json`]

/** The opening one of each family, then by name, each before its variants. */
export function presets(): { name: string; scenario: Scenario }[] {
  const opens = (name: string) => Number(name.endsWith('-opening'))
  return Object.entries(files)
    .map(([path, json]) => ({ name: nameOf(path), scenario: parseScenario(json) }))
    .sort((a, b) => opens(b.name) - opens(a.name) || (a.name < b.name ? -1 : 1))
}

/** The built-in scenario of that name, or a sentence that says which there are. */
export function presetNamed(name: string): { scenario: Scenario } | { problem: string } {
  if (fileOf(name) !== undefined) return { scenario: preset(name) }
  const names = Object.keys(files).map(nameOf)
  const words = name.toLowerCase().split(/[^a-z0-9]+/)
  const near = names.filter((n) => words.some((word) => word.length > 2 && n.includes(word))).slice(0, 6)
  const some = near.length > 0 ? near : names.filter((n) => n.endsWith('-opening'))
  return {
    problem: t('In the address, scenario: got "{name}"; there is none of that name; try {some}.', {
      name: name.slice(0, 60),
      some: some.join(', '),
    }),
  }
}

/** A built-in scenario by its name. @throws RangeError for one that is none */
export function preset(name: string): Scenario {
  const json = fileOf(name)
  if (json === undefined) throw new RangeError(`no built-in scenario is called "${name}"`)
  return parseScenario(json)
}
