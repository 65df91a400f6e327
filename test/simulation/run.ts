import { fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Figures } from './figures.ts'
import { measureFairness } from './measure-fairness.ts'
import { mergeFigures } from './merge-figures.ts'
import { writeReport } from './report.ts'
import { simulate } from './simulate.ts'

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '1000' },
    days: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    shards: { type: 'string', default: '1' },
    /** Connections of one world. */
    world: { type: 'string', default: '250' },
    /** Of one tenant, at most; a world grows to hold it. */
    largest: { type: 'string', default: '200' },
    report: { type: 'string' },
    /** In a child: which worlds. */
    only: { type: 'string' },
  },
})
const [connections, days, seed, shards, size, largest] = [
  values.connections,
  values.days,
  values.seed,
  values.shards,
  values.world,
  values.largest,
].map(Number) as [number, number, number, number, number, number]
const worlds = Array.from({ length: Math.ceil(connections / size) }, (_, at) => at)

if (values.only === undefined) await lead()
else await work(values.only.split(',').map(Number))

/** Shares the worlds out, and adds up what comes back. */
async function lead(): Promise<void> {
  const begunAt = performance.now()
  const all = await Promise.all(Array.from({ length: shards }, (_, shard) => delegate(worlds.filter((at) => at % shards === shard))))
  const figures = mergeFigures(all.flat())
  const fairness = await measureFairness({ seed, whale: 200, small: 40 })
  const command = `npm run simulate -- ${process.argv.slice(2).join(' ')}`
  const report = writeReport({ figures, fairness, command, elapsedMs: performance.now() - begunAt, shards })
  if (values.report === undefined) console.log(report)
  else writeFileSync(values.report, report)
  for (const { rule, violations } of figures.rules)
    for (const { at, words } of violations) console.error(`BROKEN ${rule}: ${words} (${at})`)
  process.exit(figures.rules.every(({ broken }) => broken === 0) && fairness.ratio <= 2 ? 0 : 1)
}

function delegate(mine: readonly number[]): Promise<Figures[]> {
  return new Promise((resolve, reject) => {
    if (mine.length === 0) return resolve([])
    const found: Figures[] = []
    const child = fork(process.argv[1] ?? '', [...process.argv.slice(2), '--only', mine.join(',')])
    child.on('message', (figures) => found.push(figures as Figures))
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve(found) : reject(new Error(`a shard ended with ${code}`))))
  })
}

/** One world after the other, each with a seed of its own. */
async function work(mine: readonly number[]): Promise<void> {
  for (const at of mine) {
    const progress = (words: string) => console.error(`world ${at + 1} of ${worlds.length}: ${words}`)
    const count = Math.min(size, connections - at * size)
    const figures = await simulate({ seed: seed * 10_000 + at, connections: count, days, largest, progress })
    await new Promise<void>((resolve) => process.send?.(figures, undefined, undefined, () => resolve()))
  }
  process.disconnect()
}
