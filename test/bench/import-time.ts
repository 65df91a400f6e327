import { execFileSync } from 'node:child_process'
import { median, spread } from './figure.ts'
import type { Figure } from './figure.ts'

const rounds = 9

/** Fresh processes, taking turns, so that both meet the same machine. */
export async function benchImport(): Promise<Figure[]> {
  const times: Record<string, number[]> = { '@tenantry/sdk': [], googleapis: [] }
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, list] of Object.entries(times)) list.push(importOnce(name))
  }
  const ours = times['@tenantry/sdk'] ?? []
  const theirs = times['googleapis'] ?? []
  return [
    {
      title: "import '@tenantry/sdk' against import 'googleapis'",
      ratio: median(ours) / median(theirs),
      goal: '<= 0.1',
      detail: `${spread(ours, 'ms')} against ${spread(theirs, 'ms')}, ${rounds} fresh processes each`,
    },
  ]
}

function importOnce(name: string): number {
  const code = `const at = performance.now(); await import(${JSON.stringify(name)}); process.stdout.write(String(performance.now() - at))`
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }))
}
