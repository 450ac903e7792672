/** Installs the packages when they are missing or older than the lock file. Output goes to stderr. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

export function setup() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node ${process.versions.node} is too old: Twoscale needs Node 20.19 or newer.`)
    process.exit(1)
  }
  const stamp = join(root, 'node_modules', '.twoscale')
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  console.error('Installing packages …')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) {
    console.error('The packages could not be installed: run "npm ci" to see why.')
    process.exit(1)
  }
  writeFileSync(stamp, lock)
}

/** Runs a program of the project with inherited streams; resolves to its exit code. */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  return done.status ?? 1
}

/** Path of a locally installed command's script, to be run with the present node. */
export const local = (...parts) => join(root, 'node_modules', ...parts)

/** Runs a TypeScript file of the project with the arguments of the command; resolves to its exit code. */
export function runScript(path, options) {
  const tsx = pathToFileURL(local('tsx', 'dist', 'loader.mjs')).href
  return run(process.execPath, ['--import', tsx, join(root, path), ...process.argv.slice(2)], options)
}
