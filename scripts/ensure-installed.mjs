// Runs before `npm start` and `npm test`, with whatever Node the system has: installs when the manifests have changed since the last time.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

const stamp = 'node_modules/.tenantry-installed'
const folders = ['packages', 'examples'].flatMap((parent) => readdirSync(parent).map((name) => `${parent}/${name}`))
const manifests = ['package.json', ...folders.map((folder) => `${folder}/package.json`)].filter((file) => existsSync(file))
const wanted = manifests.reduce((hash, file) => hash.update(readFileSync(file)), createHash('sha256')).digest('hex')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.log('Installing (once, about a minute) ...')
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  writeFileSync(stamp, wanted)
}
