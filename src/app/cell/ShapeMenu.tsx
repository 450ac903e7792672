/** Shapes to be added to the cell, and the way to remove one. */

import { Menu } from '@mantine/core'
import { t } from '../../language/language.ts'
import { familyOf, phaseNames, shapes } from '../ground/house.ts'
import { IconButton } from '../kit/controls.tsx'
import { TrashIcon } from '../kit/icons.tsx'
import { useEditedCell, useEditedName, useLab, useScenario, useSession } from '../session/context.ts'
import { addShape, edit, removeShape } from '../store/edits.ts'

export default function ShapeMenu() {
  const { lab } = useSession()
  const scenario = useScenario()
  const selected = useLab((s) => s.selectedShape)
  const cell = useEditedCell()
  const of = useEditedName()
  const names = phaseNames(cell)
  const phase = familyOf(scenario).phases.find((p) => p.name !== cell.background)?.name ?? names[1] ?? cell.background
  const add = (name: string) => {
    const tool = shapes[name]
    if (!tool) return
    edit(lab, addShape(tool.defaultSpec(cell.dimension, phase), of))
    lab.setState({ selectedShape: cell.shapes.length })
  }
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <button type="button" className="button">
            {t('Add shape')}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {Object.entries(shapes)
            .filter(([, tool]) => tool.dimensions.includes(cell.dimension))
            .map(([name, tool]) => (
              <Menu.Item key={name} onClick={() => add(name)}>
                {t(tool.label)}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      <IconButton
        label={t('Remove the selected shape')}
        disabled={cell.shapes.length === 0}
        onClick={() => {
          edit(lab, removeShape(selected, of))
          lab.setState({ selectedShape: Math.max(0, selected - 1) })
        }}
      >
        <TrashIcon />
      </IconButton>
    </>
  )
}
