/** What a family says of its models: equations, and what differs between the literature and the program. */
import type { Values } from '../parameter.ts'

/** A line of the typeset equations. */
export interface Equation {
  /** KaTeX; a term that parameters refer to is written \term{id}{...}. */
  tex: string
  caption: string
}

export interface ModelClass {
  label: string
  /** One sentence of why the cell selects it. */
  reason: string
  /** With the usual parameters. */
  equations: readonly Equation[]
  /** Where parameters choose between equations. */
  of?(parameters: Values): readonly Equation[]
}

/** What differs between the literature and the program, and why. */
export interface Notes {
  title: string
  entries: readonly {
    /** What it is about, and where it is printed. */
    about: string
    /** KaTeX. */
    printed: string
    used: string
    /** Sentences; formulas in dollars. */
    why: string
  }[]
}

/** A publication; its identifier (DOI) is given where it has been checked. */
export interface Work {
  key: string
  authors: readonly string[]
  title: string
  year: number
  journal?: string
  volume?: string
  number?: string
  pages?: string
  doi?: string
  note?: string
  /** How texts of sources name it. */
  named: RegExp
}
