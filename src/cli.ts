/**
 * The command line: the same pipeline as the page, without a browser.
 *
 * Results go to stdout, progress and complaints to stderr. Bad input: one line per problem, exit code 2, nothing on
 * stdout. A run that the solver cannot finish: exit code 1.
 */
import { cellCommand } from './cli/cell.ts'
import { compareCommand } from './cli/compare.ts'
import { curveCommand } from './cli/curve.ts'
import { impedanceCommand } from './cli/impedance.ts'
import { lessonsCommand } from './cli/lessons.ts'
import { describeCommand, scenariosCommand, schemaCommand } from './cli/list.ts'
import { replayCommand } from './cli/replay.ts'
import { runCommand } from './cli/run.ts'
import { sweepCommand } from './cli/sweep.ts'
import { formatProblem, InputError, readable } from './parameter.ts'

const USAGE = `usage:
  cell FILE [--out DIR]      solve the cell problems of a file, print one JSON object; fields of the cell into DIR
  run SCENARIO [--out DIR]   run a scenario (a file or a built-in name), print a JSON summary
  replay FILE                run a capsule again: the same numbers, or what differs
  compare SCENARIO [--epsilon 2,4,8] [--closures all]
                             the resolved model against the homogenized one, errors and orders as JSON
  curve SCENARIO [--from -6] [--to 6] [--steps 25] [--record]
  curve SCENARIO --rates 1,2,5 [--json] [--record]
                             steady current against voltage as CSV, in thermal voltages (or mV, V with a unit)
  impedance SCENARIO [--from 1e-3] [--to 1e5] [--points 60] [--at 0] [--record]
                             small-signal impedance as CSV, frequencies in Hz, in the state at a time in s
  sweep SCENARIO --over PLACE=VALUES [--over …] --of NUMBER,… [--by run|cell|compare|rates] [--with …] [--record]
                             numbers of what a scenario comes to, for all combinations of values, as CSV
  scenarios                  list the built-in scenarios
  lessons                    list the lessons
  lessons NAME               the page for the teacher
  lessons check [NAME]       play lessons: what they claim against what is computed
  describe FAMILY            parameters with units, defaults, limits and sources
  describe scenario          what a scenario holds outside its family: box, mesh, time, cell, resolved model
  describe limits            how much a file or link may hold
  schema [scenario|cell]     JSON Schema of scenario files or of cell files`

const commands = new Map<string, (args: string[]) => string>([
  ['cell', cellCommand],
  ['run', runCommand],
  ['replay', replayCommand],
  ['compare', compareCommand],
  ['curve', curveCommand],
  ['impedance', impedanceCommand],
  ['sweep', sweepCommand],
  ['scenarios', scenariosCommand],
  ['lessons', lessonsCommand],
  ['describe', describeCommand],
  ['schema', schemaCommand],
])

function main([name, ...args]: string[]): number {
  if (name === 'help' || [name, ...args].some((word) => word === '--help' || word === '-h')) {
    console.log(USAGE)
    return 0
  }
  const command = name === undefined ? undefined : commands.get(name)
  if (!command) {
    console.error(
      name === undefined
        ? 'no command given'
        : `got the command "${name}"; valid are ${[...commands.keys()].join(', ')}`,
    )
    console.error(USAGE)
    return 2
  }
  try {
    process.stdout.write(`${command(args)}\n`)
    return 0
  } catch (error) {
    if (error instanceof InputError) {
      for (const problem of error.problems) console.error(formatProblem(problem))
      return 2
    }
    console.error(readable(error instanceof Error ? error.message : String(error)))
    return 1
  }
}

process.exitCode = main(process.argv.slice(2))
