import { tryFirst } from '../connections/goodbye/try-first.ts'
import { guard } from '../connections/guard.ts'
import type { Context } from '../context.ts'
import type { Principal } from '../model/principal.ts'
import type { GoodbyeRecord } from '../ports/index.ts'
import { connectionPasses, resetApp } from '../setup/reset-app.ts'
import type { ResetResult } from '../wire/index.ts'
import { journalUndo, pursueUndo } from './goodbye/undo.ts'
import { describeSetup } from './status.ts'

interface ResetOptions {
  readonly principal: Principal
  readonly credentials?: 'keep' | 'delete'
}

/**
 * Disconnects every Google connection of the tenant, and with `delete` forgets the app as well and deletes what we had created in the tenant's Pub/Sub.
 * Final here at once, even when Google is down; Google is told within the call when that works, and otherwise as soon as it answers: see `goodbye` of the
 * status. After a failure, call it again. @throws `forbidden`, `unavailable`
 */
export async function reset(context: Context, { principal, credentials = 'keep' }: ResetOptions): Promise<ResetResult> {
  await guard(context, principal, 'google.reset')
  const { tenantId } = principal
  const result = await resetApp(context, {
    principal,
    vendor: 'google',
    credentials,
    reason: 'google_reset',
    journal: (at) => journalUndo(context, { tenantId, keeper: tenantId, cause: 'reset', at }),
    say: (records) => sayAll(context, records),
  })
  return { ...result, status: await describeSetup(context, principal) }
}

/** First all connections, because what was created in Pub/Sub serves their pipes. */
export async function sayAll(context: Context, records: readonly GoodbyeRecord[]): Promise<void> {
  await tryFirst(context, records, [
    ...connectionPasses(context),
    { kind: 'pubsub', pursue: (record) => pursueUndo(context, record, { isSaved: true }) },
  ])
}
