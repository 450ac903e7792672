/** Which curves a scenario offers: those of its family, and its impedance where there are two electrodes. Needs no solver. */
import { t } from '../language/language.ts'
import { cardNamed, cards } from '../models/cards.ts'
import type { FamilyCard } from '../models/family.ts'
import { InputError } from '../parameter.ts'
import type { Scenario } from './scenario.ts'

const NAMES = ['nyquist', 'bode'] as const

export function isImpedance(curve: string): boolean {
  return (NAMES as readonly string[]).includes(curve)
}

/** The curves that a scenario offers: those of its family, and its impedance where there is one. */
export function curvesOf(scenario: Scenario): FamilyCard['curves'] {
  const family = cardNamed(scenario.family)
  if (!family.ports?.includes(scenario.experiment.name)) return family.curves
  // On a line it follows while one drags; a sheet takes its time.
  const slow = scenario.macro.dimension > 1
  return [
    ...family.curves,
    { name: 'nyquist', label: 'Impedance in the complex plane', slow },
    { name: 'bode', label: 'Impedance against frequency', slow },
  ]
}

/** @throws InputError that names the experiments in which there are two electrodes */
export function requirePort(scenario: Scenario): void {
  const { ports, label } = cardNamed(scenario.family)
  const { name } = scenario.experiment
  if (ports?.includes(name)) return
  const where = ports
    ? t('the family "{label}" has them in {ports}; choose one of these', {
        label: t(label),
        ports: ports.map((p) => `"${p}"`).join(', '),
      })
    : t('no experiment of the family "{label}" has; choose a family that does: {cards}', {
        label: t(label),
        cards: cards
          .filter((f) => f.ports)
          .map((f) => f.name)
          .join(', '),
      })
  throw new InputError([
    {
      path: 'experiment.name',
      message: t('got "{got}", which has no two electrodes between which an impedance is measured; {where}', {
        got: name,
        where,
      }),
    },
  ])
}
