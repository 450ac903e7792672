/** The registry of the cards alone: what reads scenarios and shows families, without their solvers. One line a family. */
import { card as cathode } from './cathode/card.ts'
import { entry } from './entries.ts'
import type { FamilyCard } from './family.ts'
import { registerLaws } from './law.ts'
import { card as porous } from './porous/card.ts'
import { card as tissue } from './tissue/card.ts'

const registered: FamilyCard[] = [tissue, porous, cathode]
for (const { laws } of registered) registerLaws(laws)

export const cards: readonly FamilyCard[] = registered

/** Beside `registerFamily`, which calls it. */
export function registerCard(card: FamilyCard): void {
  registered.push(card)
  registerLaws(card.laws)
}

/** @returns undefined for an unknown name */
export function findCard(name: string): FamilyCard | undefined {
  return cards.find((c) => c.name === name)
}

/** @throws RangeError for a name that `parseScenario` should have refused */
export function cardNamed(name: string): FamilyCard {
  return entry(cards, name)
}
