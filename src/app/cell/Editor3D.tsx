import type { CellResult } from '../../cell/cell.ts'
export default function Editor3D(_: { cell?: CellResult }) {
  return null
}
