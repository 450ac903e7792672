/**
 * Messages between the page and the solver's worker. Every run has an id chosen by the page; messages of a run that
 * is no longer current are dropped by the client. Frames flow only against credits: pausing is granting none.
 * In which language things are said comes beside these (`language/workers.ts`).
 */
import type { CellProblemSpec, CellResult, CellSpec } from '../cell/cell.ts'
import type { Curve, CurveRequest, Discharge, Notice } from '../models/family.ts'
import type { Rate } from '../models/rates.ts'
import type { Problem } from '../parameter.ts'
import type { Comparison, ComparisonRow } from '../simulation/compare.ts'
import type { Checkpoint, Frame, ModelDescription, Summary } from '../simulation/frame.ts'
import type { Scenario } from '../simulation/scenario.ts'

export type Request =
  /**
   * Starts a run (cancels the one before). With `from` it continues from that state. `firstFrame` is the index of the
   * first frame. Frames up to the index `known` are computed without credit and not told: a replacement worker comes to
   * where the page is by the same steps, so that numbers do not depend on what became of the worker before it.
   */
  | { kind: 'start'; run: number; scenario: Scenario; from?: Checkpoint; firstFrame?: number; known?: number }
  /**
   * Changes the scenario of the current run and continues from its last frame, which is sent again (same index) as the
   * changed model sees it. Frames of a run are to be stored by `frame.index`, dropping those after it.
   */
  | { kind: 'change'; run: number; scenario: Scenario }
  /** Allows n more frames. */
  | { kind: 'credit'; run: number; frames: number }
  | { kind: 'cancel'; run: number }
  /** Cell problems only, for a live drag; replaces a pending preview. Answered by `preview`. */
  | { kind: 'preview'; id: number; cell: CellSpec; problems: CellProblemSpec[] }
  /** Computes a curve for the state of a checkpoint; answered by `curve`. Replaces a pending curve of the same name. */
  | { kind: 'curve'; id: number; scenario: Scenario; request: CurveRequest; checkpoint: Checkpoint }
  /** Resolved against homogenized for each N of the list; replaces the comparison before. */
  | { kind: 'compare'; id: number; scenario: Scenario; list: readonly number[] }
  /** Stops a comparison; nothing more is said of it. */
  | { kind: 'cancelCompare'; id: number }
  /** A discharge at one rate; replaces the one before. Answered by `rated`. */
  | { kind: 'rate'; id: number; scenario: Scenario; rate: Rate }
  /** Stops it; nothing more is said of it. */
  | { kind: 'cancelRate'; id: number }
  /** Is answered by `pong` as soon as the worker looks at its messages. */
  | { kind: 'ping' }

export type Response =
  | { kind: 'ready' }
  | { kind: 'pong' }
  /** A start or a change has been taken up; what follows is of its scenario. */
  | { kind: 'begun'; run: number; by: 'start' | 'change' }
  /** The frames that were `known` have been computed again. */
  | { kind: 'caughtUp'; run: number }
  | { kind: 'progress'; run: number; stage: string; fraction: number }
  | { kind: 'cell'; run: number; cell: CellResult }
  | { kind: 'model'; run: number; model: ModelDescription }
  | { kind: 'frame'; run: number; frame: Frame }
  | { kind: 'notice'; run: number; notice: Notice }
  | { kind: 'end'; run: number; summary: Summary }
  | { kind: 'cancelled'; run: number }
  /** The run could not start or go on; the last checkpoint (if any) is kept by the page. */
  | { kind: 'failed'; run: number; problems: Problem[]; notice: Notice }
  | { kind: 'preview'; id: number; cell: CellResult }
  | { kind: 'previewFailed'; id: number; problems: Problem[] }
  | { kind: 'curve'; id: number; name: string; curve: Curve }
  | { kind: 'curveFailed'; id: number; name: string; problems: Problem[] }
  /** Where the comparison is: the fraction of the present N that is done. */
  | { kind: 'compareProgress'; id: number; N: number; fraction: number }
  | { kind: 'compareRow'; id: number; row: ComparisonRow }
  | { kind: 'compared'; id: number; comparison: Comparison }
  | { kind: 'compareFailed'; id: number; problems: Problem[] }
  | { kind: 'rateProgress'; id: number; fraction: number }
  | { kind: 'rated'; id: number; discharge: Discharge }
  | { kind: 'rateFailed'; id: number; problems: Problem[] }
