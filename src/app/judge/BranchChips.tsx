/**
 * Under the time slider: the branch that the scenario proposes, and those there are, each to be shown or hidden,
 * renamed, made the main line, or removed.
 */

import { useState } from 'react'
import { t } from '../../language/language.ts'
import { number, timeUnit } from '../ground/format.ts'
import { unitsOf } from '../ground/house.ts'
import { IconButton, TextButton } from '../kit/controls.tsx'
import { CloseIcon } from '../kit/icons.tsx'
import { useLab, useScenario, useSession } from '../session/context.ts'
import type { Proposal } from '../store/branchDesk.ts'
import { branchName } from '../store/branches.ts'
import type { Branch } from '../store/lab.ts'

export default function BranchChips() {
  const { branches: desk } = useSession()
  const branches = useLab((s) => s.branches)
  useScenario()
  // What has been computed decides whether the proposed branch can be run.
  useLab((s) => s.frameCount)
  const proposal = desk.proposal()
  const proposed = proposal && !proposal.taken ? proposal : undefined
  if (branches.length === 0 && !proposed) return null
  return (
    <div className="branches">
      {proposed && <ProposedBranch {...proposed} />}
      {branches.length > 0 && (
        <ul aria-label={t('Branches')}>
          {branches.map((branch) => (
            <BranchChip key={branch.id} branch={branch} />
          ))}
        </ul>
      )}
    </div>
  )
}

function ProposedBranch({ name, at, ready }: Proposal) {
  const { branches: desk } = useSession()
  const unit = timeUnit(at, unitsOf(useScenario()))
  return (
    <TextButton primary disabled={!ready} onClick={() => desk.runProposed()}>
      {ready
        ? t('Run branch: {name}', { name: t(name) })
        : t('Run branch: {name} (once the run is at {at} {unit})', {
            name: t(name),
            at: number(at / unit.factor),
            unit: unit.unit,
          })}
    </TextButton>
  )
}

function BranchChip({ branch }: { branch: Branch }) {
  const { branches: desk } = useSession()
  const name = branchName(branch, useScenario())
  const [renaming, setRenaming] = useState(false)
  if (renaming)
    return (
      <li className="branch">
        <input
          aria-label={t('Name of the branch')}
          // biome-ignore lint/a11y/noAutofocus: the field replaces the name that was pressed to change it
          autoFocus
          defaultValue={name}
          onFocus={(event) => event.currentTarget.select()}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.value = name
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
          }}
          onBlur={(event) => {
            const { value } = event.currentTarget
            if (value !== name) desk.rename(branch.id, value)
            setRenaming(false)
          }}
        />
      </li>
    )
  return (
    <li className="branch" data-hidden={!branch.visible || undefined}>
      <input
        type="checkbox"
        aria-label={t('Show {name} in the charts', { name })}
        checked={branch.visible}
        onChange={(event) => desk.setVisible(branch.id, event.currentTarget.checked)}
      />
      <button type="button" className="branch-name" title={t('Rename')} onClick={() => setRenaming(true)}>
        {name}
      </button>
      <TextButton label={t('Make {name} the main line', { name })} onClick={() => desk.swap(branch.id)}>
        {t('Make main')}
      </TextButton>
      <IconButton className="small" label={t('Remove {name}', { name })} onClick={() => desk.remove(branch.id)}>
        <CloseIcon />
      </IconButton>
    </li>
  )
}
