/** Numbers of the shapes of a cell, as forms name them. */
import type { CellSpec } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import { shapes } from '../ground/house.ts'

/** As the form of the shape names it, with the number of the shape in front. */
export function numberLabel({ shapes: list, dimension }: CellSpec, name: string): string {
  const [, shape, key, component] = /^shapes\[(\d+)\]\.(\w+)(?:\[(\d)\])?$/.exec(name) ?? []
  const tool = shapes[list[Number(shape)]?.shape]
  const parameter = tool?.parameters(dimension).find((p) => p.name === key)
  if (!tool || !parameter) return name
  const axis = component === undefined ? '' : ` ${'xyz'[Number(component)]}`
  return `${Number(shape) + 1}  ${t(tool.label)}: ${t(parameter.label)}${axis}`
}

/** Sizes are what people let vary; middles of shapes come before them. */
export function sizeFirst(names: readonly string[]): string {
  return names.find((name) => !/center|rotation/.test(name)) ?? names[0]
}

/** Limits of a number of the cell; those of a free number where its shape gives none. */
export function numberBounds({ shapes: list, dimension }: CellSpec, name: string): { min: number; max: number } {
  const [, shape, key] = /^shapes\[(\d+)\]\.(\w+)/.exec(name) ?? []
  const parameter = shapes[list[Number(shape)]?.shape]?.parameters(dimension).find((p) => p.name === key)
  return { min: parameter?.min ?? -1, max: parameter?.max ?? 1 }
}
