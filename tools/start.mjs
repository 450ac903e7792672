/** `npm start`: installs, builds and serves the laboratory. */
import { local, run, setup } from './setup.mjs'

setup()
const vite = local('vite', 'bin', 'vite.js')
const built = run(process.execPath, [vite, 'build', '--logLevel', 'warn'])
process.exit(built || run(process.execPath, [vite, 'preview', ...process.argv.slice(2)]))
