/** Finds a Chromium for the browser tests, or obtains one with the system's package manager. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const PLACES = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const find = () => PLACES.find((p) => p && existsSync(p))

/** @returns the path of a browser; leaves the process with advice where there is none */
export function browser() {
  const found = find()
  if (found) return found
  const isRoot = process.getuid?.() === 0
  if (isRoot && spawnSync('apt-get', ['--version']).status === 0) {
    console.error('Installing Chromium for the browser tests …')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 2], env })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: ['ignore', 'ignore', 2],
      env,
    })
    const now = find()
    if (now) return now
  }
  console.error(
    'No Chromium was found for the browser tests. Install one (Debian, Ubuntu: "sudo apt-get install chromium"; macOS: "brew install --cask chromium") or set CHROME_PATH to a Chrome or Chromium.',
  )
  process.exit(1)
}
