import { availableParallelism, cpus } from 'node:os'
import type { Figures } from './figures.ts'
import type { Fairness } from './measure-fairness.ts'
import { readLateness } from './merge-figures.ts'

interface ReportInput {
  readonly figures: Figures
  readonly fairness: Fairness
  /** What was asked for. */
  readonly command: string
  /** From the first to the last second, milliseconds; processes may have run side by side. */
  readonly elapsedMs: number
  readonly shards: number
}

const number = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 1 })
const seconds = (ms: number): string => `${number(ms / 1000)} s`

/** What a run found, in words and tables. */
export function writeReport({ figures, fairness, command, elapsedMs, shards }: ReportInput): string {
  const { connections, tenants, largestTenant, days, wallMs, peakMb, rules, seeds } = figures
  const broken = rules.reduce((sum, rule) => sum + rule.broken, 0)
  return `# The simulation

The whole sdk lives on a virtual clock against the sandbox, while everything goes wrong that the plan can think of.

**This run: ${number(connections)} connections of ${number(tenants)} tenants (the largest has ${number(largestTenant)}), ${days} days each, in ${seeds.length} separate
worlds. ${broken === 0 ? 'All seven invariants held.' : `${number(broken)} of the checks failed.`}** Connections of different worlds share no store and no sandbox.
${comparison(wallMs / (connections * days))}

\`\`\`
${command}
\`\`\`

${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${shards} of them used: ${seconds(elapsedMs)} in all, ${seconds(wallMs)} of it in worlds, at most ${number(peakMb)} MB in a
process. The seeds are ${seeds.slice(0, 12).join(', ')}${seeds.length > 12 ? ' and so on' : ''}; each repeats its world event by event (digest ${figures.digests[0]} for the first).

## What happened

${table(
  ['what', 'how often'],
  [
    ['virtual connection days', number(connections * days)],
    ['events of the virtual clock', number(figures.events)],
    ['mails that arrived', number(figures.items)],
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
${rules.flatMap(({ rule, violations }) => violations.slice(0, 10).map(({ at, words }) => `\n- ${rule}: ${words} (at ${at})`)).join('')}

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
`
}

/** How far this is from the number that the sdk is meant for. */
function comparison(msPerDay: number): string {
  const hours = (msPerDay * 100_000 * 60) / 3_600_000
  return `A connection day costs ${number(msPerDay)} ms of one core, so that 100,000 connections for sixty days would need ${number(hours)} core hours.`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
