/** The judge at hand: the resolved model beside the homogenized one, how many cells it has, and the way to its errors. */

import { Tooltip } from '@mantine/core'
import { useEffect, useState } from 'react'
import { t } from '../../language/language.ts'
import { refuseRepeat } from '../../simulation/resolve.ts'
import { lengthUnit, number } from '../ground/format.ts'
import { unitsOf } from '../ground/house.ts'
import { TextButton } from '../kit/controls.tsx'
import { Slider } from '../kit/Slider.tsx'
import { useLab, useScenario, useSession } from '../session/context.ts'
import { edit } from '../store/edits.ts'
import type { Engine } from '../store/engine.ts'
import type { Lab } from '../store/lab.ts'
import { proofOf } from '../store/proof.ts'
import { showIn } from '../store/slots.ts'
import { largestRepeat, setRepeat } from './repeat.ts'

const FIRST = 2
/** Where the slider stands before it was moved. */
const USUAL = 4

export function JudgeBar() {
  const { lab, engine } = useSession()
  const scenario = useScenario()
  // A resolved model that joined at the end has nothing to show but that.
  const late = useLab((s) => s.status === 'ended' && s.model?.resolved !== undefined) && joinedLate(engine)
  const proof = proofOf(scenario)
  const repeat = scenario.micro?.repeat
  const [wanted, setWanted] = useState(repeat ?? USUAL)
  useEffect(() => {
    if (repeat !== undefined) setWanted(repeat)
  }, [repeat])
  const largest = largestRepeat(scenario)
  const possible = largest >= FIRST
  // A file may ask for more cells than the slider offers.
  const most = Math.max(FIRST, largest, repeat ?? 0)
  const N = Math.min(wanted, most)
  const length = scenario.macro.size[0] / N
  const unit = lengthUnit(length, unitsOf(scenario))
  const text = `N = ${N}, ${proof?.small ?? 'ε'} = ${number(1 / N, 3)}, ℓ = ${number(length / unit.factor, 3)} ${unit.unit}`
  const commit = () => {
    if (N !== repeat) edit(lab, setRepeat(N))
  }
  return (
    <fieldset className="judge">
      <legend className="visually-hidden">{t('Resolved model')}</legend>
      <Tooltip
        label={possible ? proof && t(proof.limit) : refuseRepeat(scenario, FIRST)}
        multiline
        w={320}
        openDelay={400}
        withinPortal
      >
        <button
          type="button"
          className="button judge-toggle"
          aria-pressed={repeat !== undefined}
          aria-disabled={!possible || undefined}
          onClick={() => {
            if (repeat !== undefined) edit(lab, setRepeat(0))
            else if (possible) edit(lab, setRepeat(N))
          }}
        >
          {t('Resolved beside')}
        </button>
      </Tooltip>
      <TextButton onClick={() => showErrors(lab)}>{t('Error plot')}</TextButton>
      {repeat !== undefined && (
        <>
          <Slider
            aria-label={t('Cells N of the resolved model')}
            aria-valuetext={text}
            min={FIRST}
            max={most}
            value={N}
            onSlide={setWanted}
            onRelease={commit}
          />
          <output className="judge-text">{text}</output>
          {late && <TextButton onClick={() => engine.again()}>{t('Run again with it')}</TextButton>}
        </>
      )}
    </fieldset>
  )
}

function joinedLate({ frames }: Engine): boolean {
  const [first] = frames.entries
  return first?.full !== undefined && first.full.resolved === undefined
}

/** Brings the error plot up; on a phone it stands further down. */
function showErrors(lab: Lab): void {
  showIn(lab, 'first', 'proof')
  requestAnimationFrame(() => document.querySelector('.chart-panel')?.scrollIntoView({ block: 'nearest' }))
}
