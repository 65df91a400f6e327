import type { Context } from '../../context.ts'
import type { ErrorCode } from '../../errors/index.ts'
import type { GoodbyeRecord, GoodbyeStep, Repositories } from '../../ports/index.ts'

/** The longest that a channel or a watch of Google lives, and so the longest that trying again can help. */
export const goodbyeLifeMs = 7 * 24 * 60 * 60_000

/** A task looks after a goodbye once the call that said it had its time. */
export const firstTryMs = 10_000

const firstWaitMs = 30_000
const longestWaitMs = 60 * 60_000
const tries = 5

/** How a step went; a step without one was not tried. */
export type Outcomes = ReadonlyMap<
  string,
  { readonly state: GoodbyeStep['state']; readonly code: ErrorCode | null; readonly retryAfterMs?: number }
>

type Given = Pick<GoodbyeRecord, 'tenantId' | 'kind' | 'connectionId' | 'provider' | 'signIn' | 'name' | 'cause' | 'sealed' | 'id'>

export function newGoodbye(
  context: Context,
  given: Given & { readonly steps: readonly string[]; readonly at?: number | undefined },
): GoodbyeRecord {
  const { steps, at: createdAt = context.clock.now(), ...rest } = given
  return {
    ...rest,
    steps: steps.map((id) => ({ id, state: 'pending', code: null, at: null })),
    attempts: 0,
    nextAttemptAt: createdAt + firstTryMs,
    createdAt,
    expiresAt: createdAt + goodbyeLifeMs,
    endedAt: null,
    version: 1,
  }
}

/** In the transaction that ends the thing here. */
export async function keepGoodbye({ goodbyes, tasks }: Repositories, record: GoodbyeRecord): Promise<void> {
  await goodbyes.insert(record)
  await tasks.schedule({ ...taskOf(record), dueAt: record.nextAttemptAt ?? record.createdAt })
}

/** Stands alone, so that nothing that is done to the connection's tasks touches it. */
export const taskOf = ({ tenantId, id }: Pick<GoodbyeRecord, 'tenantId' | 'id'>) =>
  ({ tenantId, connectionId: id, kind: 'goodbye' }) as const

export const isPending = ({ state }: GoodbyeStep): boolean => state === 'pending'

/** Writes how it went. With the last step what was held is destroyed. @returns the record as it is now; `null` when it is gone */
export async function settleGoodbye(
  context: Context,
  { tenantId, id }: Pick<GoodbyeRecord, 'tenantId' | 'id'>,
  outcomes: Outcomes,
): Promise<GoodbyeRecord | null> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const current = await context.store.goodbyes.get(tenantId, id)
    if (current === null || current.endedAt !== null) return current
    const now = context.clock.now()
    const steps = current.steps.map((step) => {
      const outcome = isPending(step) ? outcomes.get(step.id) : undefined
      return outcome === undefined ? step : { id: step.id, state: outcome.state, code: outcome.code, at: now }
    })
    const patch = steps.some(isPending)
      ? { steps, attempts: current.attempts + 1, nextAttemptAt: now + waitAfter(current, outcomes, now) }
      : { steps, sealed: null, nextAttemptAt: null, endedAt: now }
    const written = await context.store.goodbyes.update(tenantId, id, current.version, patch)
    if (written !== null) return written
  }
  return context.store.goodbyes.get(tenantId, id)
}

function waitAfter({ attempts, expiresAt }: GoodbyeRecord, outcomes: Outcomes, now: number): number {
  const asked = [...outcomes.values()].map(({ retryAfterMs = 0 }) => retryAfterMs)
  const wait = Math.max(Math.min(firstWaitMs * 2 ** attempts, longestWaitMs), ...asked)
  return Math.min(wait, Math.max(expiresAt - now, 0))
}

/** What is pending is left for good. */
export function giveUp({ steps }: GoodbyeRecord, code?: ErrorCode): Outcomes {
  return new Map(steps.filter(isPending).map((step) => [step.id, { state: 'given_up', code: code ?? step.code }]))
}
