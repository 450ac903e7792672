/** `npm run reference [FOLDER]`: the reference of the library, generated from its docstrings, by default in dist-library/reference. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root, run, setup } from './setup.mjs'

setup()
const own = join(root, 'tools', 'reference')
const typedoc = join(own, 'node_modules', 'typedoc', 'bin', 'typedoc')
if (!existsSync(typedoc)) {
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: own,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) process.exit(npm.status ?? 1)
}
const out = resolve(process.argv[2] ?? join(root, 'dist-library', 'reference'))
process.exit(run(process.execPath, [typedoc, '--options', join(own, 'typedoc.json'), '--out', out], { cwd: own }))
