import { execFileSync, fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Figures } from './figures.ts'
import { addFinishedWorld, readFinishedWorlds } from './finished-worlds.ts'
import type { FinishedWorld } from './finished-worlds.ts'
import { measureFairness } from './measure-fairness.ts'
import { planWorlds } from './plan-worlds.ts'
import type { PlannedWorld } from './plan-worlds.ts'
import { writeReport } from './report.ts'
import { simulate } from './simulate.ts'

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '100000' },
    days: { type: 'string', default: '60' },
    seed: { type: 'string', default: '4' },
    /** Worlds at a time, each in a process of its own. */
    shards: { type: 'string', default: '1' },
    /** Connections of one world. */
    world: { type: 'string', default: '200' },
    /** Of one tenant, at most. */
    largest: { type: 'string', default: '200' },
    /** Of the one large tenant that every tenth world has besides. */
    whale: { type: 'string', default: '2000' },
    /** Shared mailboxes of every tenth world, among its connections. */
    mailboxes: { type: 'string', default: '6' },
    /** Begins no world after so many minutes. */
    minutes: { type: 'string', default: 'Infinity' },
    /** Finished worlds are added to this file, and those that it has are not lived again. */
    append: { type: 'string' },
    report: { type: 'string' },
    /** In a child: the world to live in. */
    only: { type: 'string' },
  },
})
const days = Number(values.days)

if (values.only === undefined) await lead()
else await live(JSON.parse(values.only) as PlannedWorld)

/** Has the worlds lived that are still missing, and adds up all there are. */
async function lead(): Promise<void> {
  const { seed, connections, world: size, largest, whale, mailboxes, append, report: reportFile } = values
  const goal = {
    seed: Number(seed),
    connections: Number(connections),
    size: Number(size),
    largest: Number(largest),
    whale: Number(whale),
    sharedMailboxes: Number(mailboxes),
  }
  const worlds = append === undefined ? [] : readFinishedWorlds(append)
  const known = new Set(worlds.map((world) => world.seed))
  // The largest first, so that at the end no shard waits for another.
  const missing = planWorlds(goal)
    .filter((world) => !known.has(world.seed))
    .toSorted((a, b) => b.connections - a.connections)
  const until = performance.now() + Number(values.minutes) * 60_000
  const commit = nameCommit()

  const takeTurns = async (): Promise<void> => {
    while (performance.now() < until) {
      const planned = missing.shift()
      if (planned === undefined) return
      const figures = await delegate(planned)
      const world: FinishedWorld = { ...planned, days, commit, endedAt: new Date().toISOString(), figures }
      worlds.push(world)
      if (append !== undefined) addFinishedWorld(append, world)
      tell(world)
    }
  }
  await Promise.all(Array.from({ length: Number(values.shards) }, takeTurns))
  if (worlds.length === 0) return console.error('No world was lived.')
  const fairness = await measureFairness({ seed: goal.seed, whale: 200, small: 40 })
  const report = writeReport({ worlds, fairness, goal: { connections: goal.connections, days } })
  if (reportFile === undefined) console.log(report)
  else writeFileSync(reportFile, report)
  const holds = worlds.every(({ note, figures }) => note !== undefined || figures.rules.every(({ broken }) => broken === 0))
  process.exit(holds && fairness.ratio <= 2 ? 0 : 1)
}

/** A process for each world, so that none is as large as all. */
function delegate(world: PlannedWorld): Promise<Figures> {
  return new Promise((resolve, reject) => {
    let found: Figures | null = null
    // Nearly all of what a world makes is forgotten at once.
    const execArgv = ['--max-semi-space-size=64']
    const child = fork(process.argv[1] ?? '', ['--days', values.days, '--only', JSON.stringify(world)], { execArgv })
    child.on('message', (figures) => {
      found = figures as Figures
    })
    child.on('error', reject)
    child.on('exit', (code) => (found === null ? reject(new Error(`world ${world.seed} ended with ${code}`)) : resolve(found)))
  })
}

async function live(world: PlannedWorld): Promise<void> {
  // Nobody waits for it any more.
  process.on('disconnect', () => process.exit(1))
  const figures = await simulate({ ...world, days, progress: (words) => console.error(`world ${world.seed}: ${words}`) })
  await new Promise<void>((resolve) => process.send?.(figures, undefined, undefined, () => resolve()))
  process.exit(0)
}

function tell({ seed, connections, figures }: FinishedWorld): void {
  console.error(`world ${seed}: ${connections} connections, ${Math.round(figures.cpuMs / 1000)} s`)
  for (const { rule, violations } of figures.rules)
    for (const { at, words } of violations) console.error(`BROKEN in ${seed}: ${rule}: ${words} (${at})`)
}

function nameCommit(): string {
  const git = (...given: string[]) => execFileSync('git', given, { encoding: 'utf8' }).trim()
  return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+'}`
}
