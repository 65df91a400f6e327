import type { GoodbyeRecord } from '../../ports/index.ts'
import type { ConnectionSummary } from '../../wire/index.ts'
import { isPending } from './journal.ts'
import { revokeStep } from './steps.ts'

export interface DescribedGoodbye {
  readonly goodbye: ConnectionSummary['goodbye']
  /** The provider did not confirm that the access is taken back: a person can do it themselves, and has to know. */
  readonly mayHaveAccess: boolean
}

/** What is left to do at the provider for a connection's earlier lives, newest first. */
export function describeGoodbye(records: readonly GoodbyeRecord[]): DescribedGoodbye {
  const open = records.filter(({ endedAt }) => endedAt === null)
  const steps = records.flatMap((record) => record.steps)
  const pending = open.flatMap((record) => record.steps.filter(isPending))
  const givenUp = steps.filter(({ state }) => state === 'given_up')
  // The newest tells: it takes back what an earlier one could not.
  const revoke = records.flatMap((record) => record.steps.filter((step) => step.id === revokeStep))[0]
  const mayHaveAccess = revoke !== undefined && revoke.state !== 'done'
  const since = (open.length > 0 ? open : records).map(({ createdAt }) => createdAt)
  if (pending.length === 0 && givenUp.length === 0) return { goodbye: null, mayHaveAccess }
  return {
    goodbye: {
      pending: pending.length,
      givenUp: givenUp.length,
      since: iso(Math.min(...since)),
      nextAttemptAt: nextAttempt(open),
      code: (pending.find(({ code }) => code !== null) ?? givenUp.find(({ code }) => code !== null))?.code ?? null,
    },
    mayHaveAccess,
  }
}

function nextAttempt(open: readonly GoodbyeRecord[]): string | null {
  const times = open.map(({ nextAttemptAt }) => nextAttemptAt).filter((time) => time !== null)
  return times.length === 0 ? null : iso(Math.min(...times))
}

const iso = (time: number): string => new Date(time).toISOString()
