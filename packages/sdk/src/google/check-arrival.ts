import type { PushEndpointRecord } from '../ports/index.ts'
import type { CheckOutcome } from '../connections/run-checks.ts'

const quietMs = 7 * 24 * 60 * 60_000

/** What was set up by hand is proven by what arrives, and by nothing else. */
export function checkArrival({ lastReceivedAt, malformed, createdAt }: PushEndpointRecord, now: number): CheckOutcome {
  const seen = {
    actual: lastReceivedAt === null ? null : new Date(lastReceivedAt).toISOString(),
    facts: { lastReceivedAt: lastReceivedAt === null ? null : new Date(lastReceivedAt).toISOString(), malformed },
  }
  if (lastReceivedAt !== null && now - lastReceivedAt < quietMs) return seen
  const since = new Date(lastReceivedAt ?? createdAt).toISOString()
  return { ...seen, status: 'warn', code: 'nothing_arrived', values: { since } }
}
