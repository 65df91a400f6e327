import type { Figures } from './figures.ts'
import { createDistribution } from './lateness.ts'

/** The figures of several worlds as those of one. */
export function mergeFigures(all: readonly Figures[]): Figures {
  const [first] = all
  if (first === undefined) throw new Error('there is nothing to add up')
  const sum = (read: (figures: Figures) => number) => all.reduce((total, figures) => total + read(figures), 0)
  const most = (read: (figures: Figures) => number) => all.reduce((largest, figures) => Math.max(largest, read(figures)), 0)
  const sums = (read: (figures: Figures) => Readonly<Record<string, number>>): Record<string, number> => {
    const total: Record<string, number> = {}
    for (const figures of all) for (const [key, value] of Object.entries(read(figures))) total[key] = (total[key] ?? 0) + value
    return total
  }
  return {
    seeds: all.flatMap(({ seeds }) => seeds),
    digests: all.flatMap(({ digests }) => digests),
    rotations: sums(({ rotations }) => rotations),
    connections: sum(({ connections }) => connections),
    sharedMailboxes: sum(({ sharedMailboxes = 0 }) => sharedMailboxes),
    sent: sum(({ sent = 0 }) => sent),
    tenants: sum(({ tenants }) => tenants),
    largestTenant: most(({ largestTenant }) => largestTenant),
    connectionDays: sum(({ connectionDays }) => connectionDays),
    events: sum(({ events }) => events),
    items: sum(({ items }) => items),
    posts: sum(({ posts }) => posts),
    requests: sums(({ requests }) => requests),
    refreshes: sum(({ refreshes }) => refreshes),
    renewals: sum(({ renewals }) => renewals),
    told: sums(({ told }) => told),
    faults: sums(({ faults }) => faults),
    heard: sums(({ heard }) => heard),
    rules: first.rules.map(({ rule }, at) => ({
      rule,
      checks: sum(({ rules }) => rules[at]?.checks ?? 0),
      broken: sum(({ rules }) => rules[at]?.broken ?? 0),
      violations: all.flatMap(({ rules, seeds }) =>
        (rules[at]?.violations ?? []).map((violation) => ({ ...violation, words: `seed ${seeds.join()}: ${violation.words}` })),
      ),
    })),
    lateness: mergeLateness(all),
    wallMs: sum(({ wallMs }) => wallMs),
    cpuMs: sum(({ cpuMs }) => cpuMs),
    peakMb: most(({ peakMb }) => peakMb),
  }
}

function mergeLateness(all: readonly Figures[]): Figures['lateness'] {
  const kinds = [...new Set(all.flatMap(({ lateness }) => Object.keys(lateness)))].toSorted()
  return Object.fromEntries(
    kinds.map((kind) => {
      const parts = all.flatMap(({ lateness }) => lateness[kind] ?? [])
      const steps = new Map<number, number>()
      for (const [step, count] of parts.flatMap((part) => part.steps)) steps.set(step, (steps.get(step) ?? 0) + count)
      return [kind, { steps: [...steps], most: Math.max(...parts.map((part) => part.most)) }]
    }),
  )
}

/** A distribution as it is shown. */
export function readLateness({ steps, most }: Figures['lateness'][string]): { count: number; p50: number; p99: number; most: number } {
  const { count, at } = createDistribution(new Map(steps), most)
  return { count, p50: at(0.5), p99: at(0.99), most }
}
