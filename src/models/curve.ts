/** Computed curves and tables that a family offers beside its fields. Values are SI. */

export interface CurveAxis {
  label: string
  unit: string
  factor: number
  log?: boolean
}

/** A computed curve such as a membrane current-voltage curve. SI values. */
export interface Curve {
  name: string
  label: string
  x: CurveAxis
  y: CurveAxis
  /** A second ordinate, for the traces marked `second`. */
  y2?: CurveAxis
  /** Both axes in the same scale, as in a plane of complex numbers. */
  square?: boolean
  /** `labels` name the points of a trace. */
  traces: { name: string; x: number[]; y: number[]; second?: boolean; labels?: string[] }[]
  /** Marked abscissae, e.g. the resting potential. */
  marks: { label: string; x: number }[]
  note: string
  /** A comparison in rows, shown instead of a picture where there are no traces. */
  table?: CurveTable
}

export interface CurveTable {
  /** What the rows are, for their heading. */
  rowTitle: string
  /** SI values are divided by `factor`. */
  columns: readonly { label: string; unit: string; factor: number }[]
  rows: readonly {
    name: string
    label: string
    /** One per column; undefined where there is no value. */
    cells: readonly (number | undefined)[]
    /** What is to be known about this row. */
    note: string
    /** The row in use. */
    chosen: boolean
  }[]
}

export interface CurveRequest {
  name: string
  /** Node index at which local curves are evaluated. */
  node: number
}

/** Steady states for a list of voltages as a table, SI: a row a voltage, its columns behind it. */
export interface SweepTable {
  columns: readonly { label: string; unit: string }[]
  rows: readonly (readonly number[])[]
}

/** A charge or discharge at constant current. */
export interface Discharge {
  /** A/m². */
  current: number
  /** Charge passed over the capacity. */
  utilisation: number
  /** Duration, s. */
  seconds: number
  /** How it ended, in words. */
  stoppedBy: string
  /** Point by point: s, charge passed [C/m²] and over the capacity, V. */
  time: number[]
  charge: number[]
  utilisations: number[]
  voltage: number[]
  /** Charge passed per mass of active material [C/kg], and the mean filling. */
  specific: number[]
  fillings: number[]
}
