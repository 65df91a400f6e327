import { isPending } from '../connections/goodbye/journal.ts'
import type { Context } from '../context.ts'
import type { GoodbyeRecord, SecretName } from '../ports/index.ts'
import type { GoogleGoodbye } from '../wire/index.ts'

/** Of the whole app; what a single connection left is told with the connection. */
const causes: readonly GoodbyeRecord['cause'][] = ['reset', 'save']

/** How far a vendor was told of the last reset, or of a save that left a project, and what is left of earlier ones; `null` when there was none lately. @throws `unavailable` */
export async function describeGoodbyes(context: Context, tenantId: string, vendor: SecretName): Promise<GoogleGoodbye | null> {
  const isOf = ({ provider }: GoodbyeRecord): boolean => (context.providers.get(provider)?.vendor.name ?? vendor) === vendor
  const all = (await context.store.goodbyes.list(tenantId)).filter((record) => causes.includes(record.cause) && isOf(record))
  const latest = Math.max(...all.map(({ createdAt }) => createdAt))
  const records = all.filter(({ createdAt, endedAt }) => createdAt === latest || endedAt === null)
  if (records.length === 0) return null
  const open = records.filter(({ endedAt }) => endedAt === null)
  const left = records.filter(({ endedAt, steps }) => endedAt !== null && steps.some(({ state }) => state === 'given_up'))
  return {
    total: records.length,
    done: records.length - open.length - left.length,
    pending: open.map((record) => ({ ...describe(record), nextAttemptAt: isoOrNull(record.nextAttemptAt) })),
    givenUp: left.map(describe),
  }
}

function describe({ connectionId, name, steps }: GoodbyeRecord): GoogleGoodbye['givenUp'][number] {
  const code = steps.find((step) => (isPending(step) || step.state === 'given_up') && step.code !== null)?.code ?? null
  return { connectionId, name, code }
}

const isoOrNull = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString())
