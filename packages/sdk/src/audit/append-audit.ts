import type { Context } from '../context.ts'
import type { Sealer } from '../crypto/envelope.ts'
import type { ConnectionStatus } from '../model/connection.ts'
import type { Repositories } from '../ports/index.ts'
import { hashLine } from './hash-line.ts'

/** Everything that the audit log tells of. */
export type AuditAction =
  | 'app.saved'
  | 'app.reset'
  | 'flow.started'
  | 'flow.completed'
  | 'flow.refused'
  | 'settings.changed'
  | 'redrive'
  | `connection.${ConnectionStatus}`
  | 'connection.removed'
  | 'tenant.deleted'
  | 'key.rotated'

/** Ids and codes only; never values, addresses, names or what a vendor wrote. */
export interface AuditLine {
  readonly tenantId: string
  /** `user:<userId>`, or `service` for what nobody asked for. */
  readonly actor: string
  readonly action: AuditAction
  /** `connection:<id>`, `app:google`, `key:<id>`, `tenant`. */
  readonly subject: string
  /** `ok`, or an error code. */
  readonly outcome: string
}

/**
 * Adds one line to the tenant's log, in the transaction of what it tells. Writers of one tenant wait here for each other until their transactions end,
 * so append last. `sealer` is `await context.envelope.sealerFor(tenantId)`, taken before the transaction opens.
 * @throws `unavailable`
 */
export async function appendAudit(
  context: Context,
  transaction: Repositories,
  sealer: Pick<Sealer, 'auditKey'>,
  line: AuditLine,
): Promise<void> {
  const { tenantId, actor, action, subject, outcome } = line
  const key = await sealer.auditKey(tenantId)
  const head = await transaction.audit.head(tenantId)
  const unsigned = {
    tenantId,
    sequence: (head?.sequence ?? 0) + 1,
    at: context.clock.now(),
    actor,
    action,
    subject,
    outcome,
    previousHash: head?.hash ?? '',
  }
  await transaction.audit.append({ ...unsigned, hash: await hashLine(context.crypto, key, unsigned) })
}

/** {@link appendAudit} in a transaction of its own, for what is not in the store. */
export async function noteAudit(context: Context, line: AuditLine): Promise<void> {
  const sealer = await context.envelope.sealerFor(line.tenantId)
  await context.store.transaction((transaction) => appendAudit(context, transaction, sealer, line))
}

/** The actor of what a person asked for. */
export const actorOf = ({ userId }: { readonly userId: string }): string => `user:${userId}`
