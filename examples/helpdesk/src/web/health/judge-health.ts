import type { ConnectionTally } from '@tenantry/sdk/ports'
import type { HealthReport } from '../../server/health/read-health.ts'

export type Finding =
  | { readonly kind: 'late'; readonly latenessMs: number }
  | { readonly kind: 'ending'; readonly count: number }
  | { readonly kind: 'broken'; readonly share: HealthReport['broken'][number] }
  | { readonly kind: 'waiting'; readonly count: number }

/** `attention`: upkeep does its part, and some connections need a person. */
export interface Verdict {
  readonly level: 'well' | 'attention' | 'trouble' | 'nothing'
  readonly findings: readonly Finding[]
  readonly connections: number
  readonly waiting: number
}

/** The same bound as `expiringSoon()` has. */
const latenessMs = 10 * 60_000

const unwell: ReadonlySet<ConnectionTally['status']> = new Set(['needs_reauth', 'blocked_by_app', 'error', 'degraded'])

/** Whether connections of this status need somebody. */
export const needsSomebody = ({ status }: Pick<ConnectionTally, 'status'>): boolean => unwell.has(status)

/** What a report comes to: `ok` is the sdk's own word on whether upkeep runs. */
export function judgeHealth({ ok, oldestLatenessMs, pipes, broken, connections }: HealthReport): Verdict {
  const waiting = sum(connections.filter(needsSomebody))
  const findings: Finding[] = [
    ...(oldestLatenessMs >= latenessMs ? [{ kind: 'late', latenessMs: oldestLatenessMs } as const] : []),
    ...(pipes.length > 0 ? [{ kind: 'ending', count: pipes.length } as const] : []),
    ...broken.map((share) => ({ kind: 'broken', share }) as const),
    ...(waiting > 0 ? [{ kind: 'waiting', count: waiting } as const] : []),
  ]
  const all = sum(connections)
  return { level: levelOf(!ok || broken.length > 0, waiting, all), findings, connections: all, waiting }
}

function levelOf(isTrouble: boolean, waiting: number, all: number): Verdict['level'] {
  if (isTrouble) return 'trouble'
  if (waiting > 0) return 'attention'
  return all === 0 ? 'nothing' : 'well'
}

const sum = (tallies: readonly ConnectionTally[]): number => tallies.reduce((total, { count }) => total + count, 0)
