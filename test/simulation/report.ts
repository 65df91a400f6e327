import { availableParallelism, cpus } from 'node:os'
import type { FinishedWorld } from './finished-worlds.ts'
import type { Figures } from './figures.ts'
import type { Fairness } from './measure-fairness.ts'
import { mergeFigures, readLateness } from './merge-figures.ts'

interface ReportInput {
  readonly worlds: readonly FinishedWorld[]
  readonly fairness: Fairness
  readonly goal: { readonly connections: number; readonly days: number }
}

const number = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 1 })
const seconds = (ms: number): string => `${number(ms / 1000)} s`

/** What all runs so far found, in words and tables. */
export function writeReport({ worlds, fairness, goal }: ReportInput): string {
  const figures = mergeFigures(worlds.map((world) => world.figures))
  const { largestTenant, connectionDays, cpuMs, peakMb, rules, rotations } = figures
  const broken = rules.reduce((sum, rule) => sum + rule.broken, 0)
  const whales = worlds.filter(({ whale }) => whale > 0).length
  const goalDays = goal.connections * goal.days
  const leftDays = Math.max(goalDays - connectionDays, 0)
  const dayMs = cpuMs / connectionDays
  return `# The simulation

The whole sdk lives on a virtual clock against the sandbox, while everything goes wrong that the plan can think of.

**${scopeWords(figures, worlds.length, goal)} ${broken === 0 ? 'All seven invariants held.' : `${number(broken)} of the checks failed; what became of them stands at the end.`}** Connections of different worlds share no store and no sandbox.
${number(whales)} of the worlds had a tenant with thousands of connections; the largest tenant had ${number(largestTenant)}. What the server did to refresh tokens that were used: ${rotationWords(rotations)}.
${mailboxWords(worlds, figures)}

A connection day costs ${number(dayMs)} ms of one core, so that the whole takes ${number((dayMs * goalDays) / 3_600_000)} core hours${leftDays === 0 ? '' : `, and ${number((dayMs * leftDays) / 3_600_000)} of them are left`}. It is run in parts: finished worlds are
kept in a file, one line each, and the next run goes on with those that are missing.

\`\`\`
npm run simulate -- --append docs/simulation-worlds.jsonl --report docs/simulation.md --shards 2 --minutes 60
\`\`\`

${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}); at most ${number(peakMb)} MB in a process. The same seed is the same world, event by event: the one of ${worlds[0]?.seed} has
the digest ${figures.digests[0]}.

${table(['code', 'worlds', 'connection days'], commitRows(worlds))}

## What happened

${table(
  ['what', 'how often'],
  [
    ['virtual connection days', number(connectionDays)],
    ['events of the virtual clock', number(figures.events)],
    ['mails that arrived', number(figures.items)],
    ['mails that the host sent', number(figures.sent ?? 0)],
    ['posts that reached a worker', number(figures.posts)],
    ['token refreshes', number(figures.refreshes)],
    ['pipes opened or renewed', number(figures.renewals)],
    ...Object.entries(figures.requests).map(([service, count]) => [`requests: ${service}`, number(count)]),
    ...Object.entries(figures.told).map(([type, count]) => [`told: \`${type}\``, number(count)]),
  ],
)}

## What went wrong on purpose

${table(
  ['fault', 'how often'],
  Object.entries(figures.faults)
    .toSorted()
    .map(([kind, count]) => [kind, number(count)]),
)}

## The invariants

${table(
  ['invariant', 'checks', 'broken'],
  rules.map(({ rule, checks, broken: failed }) => [rule, number(checks), number(failed)]),
)}

## Lateness

From the time that a task was due to the moment that it began, all workers, all trouble included.

${table(
  ['task', 'count', 'p50', 'p99', 'most'],
  Object.entries(figures.lateness).map(([kind, part]) => {
    const { count, p50, p99, most } = readLateness(part)
    return [kind, number(count), seconds(p50), seconds(p99), seconds(most)]
  }),
)}

A whale with everything due at once: the small tenants' work is done within ${seconds(fairness.crowdedMs)} at the 99th percentile, and within ${seconds(fairness.aloneMs)} without the
whale (ratio ${fairness.ratio.toFixed(2)}, at most 2).

## What the failed checks were

${worlds.flatMap(brokenWords).join('\n') || 'None failed.'}

Found by earlier runs, and mended since:

- A person had disconnected a calendar for a day, and what is told at a start reaches one day back; two events that were over by then stayed
  unknown. That is what \`pastDays\` says, and the check knows it now.
- Of two calendars of one account only one was told to wait. A quota counts by user; the wait is kept by account now.
- The worker that was told to wait died before it could write that down. Nobody else can know what a process takes to its grave; the check
  knows of deaths now.
- An app was blocked for four days. What was written and over in a calendar meanwhile was not told, because it counted as long past; it
  counts from the last look now.
- A process that only sweeps was woken every 45 seconds for each shared mailbox that Graph serves, to find that nobody can listen for it. It has no
  such task now.
- What one shared mailbox was told to wait for held back all that the same app or person reads. Exchange counts by mailbox, and so does the wait now.
`
}

function scopeWords({ connections, tenants, connectionDays }: Figures, worlds: number, goal: ReportInput['goal']): string {
  const lived = `${number(connections)} connections of ${number(tenants)} tenants`
  const share = (100 * connectionDays) / (goal.connections * goal.days)
  if (share >= 100) return `${lived} lived for ${number(goal.days)} days, in ${number(worlds)} separate worlds.`
  return `So far: ${lived}, in ${number(worlds)} separate worlds: ${number(share)} % of the goal, which is ${number(goal.connections)}
connections for ${number(goal.days)} days.`
}

function rotationWords(rotations: Figures['rotations']): string {
  const words = {
    none: 'nothing, as Google',
    'replace-keep-old': 'a new one beside the old',
    'strict-family': 'a new one in the place of the old',
  }
  return Object.entries(words)
    .map(([rotation, said]) => `${said} (${rotations[rotation] ?? 0} worlds)`)
    .join(', ')
}

/** A mailbox that a person signed in for is looked at each minute, which is most of the work of its world. */
function mailboxWords(worlds: readonly FinishedWorld[], { sharedMailboxes = 0 }: Figures): string {
  const having = worlds.filter(({ figures }) => (figures.sharedMailboxes ?? 0) > 0).length
  if (having === 0) return 'None of the connections was a Microsoft 365 shared mailbox.'
  return `${number(sharedMailboxes)} of the connections were Microsoft 365 shared mailboxes, in ${number(having)} of the worlds.`
}

function commitRows(worlds: readonly FinishedWorld[]): string[][] {
  const commits = [...new Set(worlds.map(({ commit }) => commit))]
  return commits.map((commit) => {
    const own = worlds.filter((world) => world.commit === commit)
    return [`\`${commit}\``, number(own.length), number(own.reduce((sum, { figures }) => sum + figures.connectionDays, 0))]
  })
}

/** Of one world, with what a person found out. */
function brokenWords({ seed, note, figures: { rules } }: FinishedWorld): string[] {
  const broken = rules.filter((rule) => rule.broken > 0)
  if (broken.length === 0) return []
  const first = broken.map(
    ({ rule, broken: times, violations }) =>
      `  - ${rule}: ${times} times, first ${violations[0]?.words ?? ''} (at ${violations[0]?.at ?? 0})`,
  )
  return [`- World ${seed}: ${note ?? 'not explained yet.'}`, ...first]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
