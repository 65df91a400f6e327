import type { SandboxOptions } from '@tenantry/sandbox'
import { createChance } from './chance.ts'

export type Rotation = NonNullable<SandboxOptions['rotation']>

export interface SimulationOptions {
  readonly seed: number
  readonly connections: number
  readonly days: number
  /** Connections of one tenant, at most. Default 2000. */
  readonly largest?: number
  /** The first tenant has so many connections, if it is more than none. Default 0. */
  readonly whale?: number
  /** So many of the connections are Microsoft 365 shared mailboxes. Default 0. */
  readonly sharedMailboxes?: number
  /** What the server does to refresh tokens that are used. Default drawn: most often nothing, as Google; Microsoft gives a new one even then. */
  readonly rotation?: Rotation
  /** Processes that sweep. Default 3. */
  readonly workers?: number
  /** As the option of the sdk. Default 24 hours. */
  readonly lookEveryMs?: number
  /** How often a mailbox that nobody announces news of is looked at, milliseconds. Default a minute, as everywhere; that is most of the work. */
  readonly pollEveryMs?: number
  /** How often a worker looks for due work, milliseconds. Default two minutes. */
  readonly tickMs?: number
  /** Mails, or changes of events, of one connection, on average. Default 0.7. */
  readonly itemsPerDay?: number
  /** How much oftener things go wrong than they do by themselves. Default 1. */
  readonly trouble?: number
  readonly progress?: (words: string) => void
}

export function withDefaults(options: SimulationOptions): Required<SimulationOptions> {
  const draw = createChance(options.seed).fork('rotation').next()
  return {
    largest: 2_000,
    whale: 0,
    sharedMailboxes: 0,
    rotation: draw < 0.6 ? 'none' : draw < 0.8 ? 'replace-keep-old' : 'strict-family',
    workers: 3,
    lookEveryMs: 24 * 3_600_000,
    pollEveryMs: 60_000,
    tickMs: 120_000,
    itemsPerDay: 0.7,
    trouble: 1,
    progress: () => undefined,
    ...options,
  }
}
