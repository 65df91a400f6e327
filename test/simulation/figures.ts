import type { Violation } from './invariants/ledger.ts'
import type { World } from './world/create-world.ts'

/** What came of a run, as plain values, so that those of several processes can be added up. */
export interface Figures {
  readonly seeds: readonly number[]
  readonly digests: readonly string[]
  /** What servers did to refresh tokens, by how many worlds. */
  readonly rotations: Readonly<Record<string, number>>
  readonly connections: number
  /** Among them; absent in worlds that were lived before there were any. */
  readonly sharedMailboxes?: number
  /** Messages that the host sent from them, as far as it was told. */
  readonly sent?: number
  readonly tenants: number
  readonly largestTenant: number
  readonly connectionDays: number
  readonly events: number
  readonly items: number
  readonly posts: number
  readonly requests: Readonly<Record<string, number>>
  readonly refreshes: number
  readonly renewals: number
  readonly told: Readonly<Record<string, number>>
  readonly faults: Readonly<Record<string, number>>
  readonly heard: Readonly<Record<string, number>>
  readonly rules: readonly {
    readonly rule: string
    readonly checks: number
    readonly broken: number
    readonly violations: readonly Violation[]
  }[]
  readonly lateness: Readonly<Record<string, { readonly steps: readonly (readonly [number, number])[]; readonly most: number }>>
  readonly wallMs: number
  /** Of all threads of its process. */
  readonly cpuMs: number
  readonly peakMb: number
}

export function readFigures(world: World, wallMs: number): Figures {
  const { user, system } = process.cpuUsage()
  const { options, truth, time, book, rules, wire, told } = world
  return {
    wallMs,
    cpuMs: Math.round((user + system) / 1000),
    refreshes: wire.refreshes(),
    renewals: wire.renewals(),
    seeds: [options.seed],
    digests: [world.digest()],
    rotations: { [options.rotation]: 1 },
    connections: truth.sites.length,
    sharedMailboxes: options.sharedMailboxes,
    sent: world.answers.all.filter(({ told }) => told.size > 0).length,
    tenants: truth.tenants.length,
    largestTenant: Math.max(...truth.tenants.map(({ sites }) => sites.length)),
    connectionDays: truth.sites.length * options.days,
    events: time.events,
    items: truth.items.size,
    posts: world.posts(),
    requests: Object.fromEntries(wire.requests),
    told: Object.fromEntries(told),
    faults: Object.fromEntries(book.counts),
    heard: Object.fromEntries(rules.heard),
    rules: rules.ledgers.map(({ rule, checks, broken, violations }) => ({ rule, checks, broken, violations })),
    lateness: Object.fromEntries([...rules.lateness].map(([kind, { steps, most }]) => [kind, { steps: [...steps], most }])),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}
