/** Notices: short, closable, never in the way. Equal ones are shown once; informal ones leave by themselves. */
import { readable } from '../../parameter.ts'
import type { Lab, ShownNotice } from './lab.ts'

const LIMIT = 4
const INFO_SECONDS = 8
let nextId = 1

export function notify(lab: Lab, notice: Omit<ShownNotice, 'id'>): void {
  const id = nextId++
  const message = readable(notice.message)
  lab.setState((s) => ({
    notices: [...s.notices.filter((n) => n.message !== message), { ...notice, message, id }].slice(-LIMIT),
  }))
  if (notice.level === 'info') setTimeout(() => dismiss(lab, id), INFO_SECONDS * 1000)
}

export function dismiss(lab: Lab, id: number): void {
  lab.setState((s) => (s.notices.some((n) => n.id === id) ? { notices: s.notices.filter((n) => n.id !== id) } : {}))
}

/** Errors of a state that is over leave with it. */
export function dismissErrors(lab: Lab): void {
  drop(lab, (n) => n.level === 'error')
}

/** What a model had to say leaves with it. */
export function dismissOfModel(lab: Lab): void {
  drop(lab, (n) => n.ofModel === true)
}

function drop(lab: Lab, over: (notice: ShownNotice) => boolean): void {
  lab.setState((s) => (s.notices.some(over) ? { notices: s.notices.filter((n) => !over(n)) } : {}))
}
