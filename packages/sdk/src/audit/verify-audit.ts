import type { Context } from '../context.ts'
import { encodeText } from '../crypto/base64url.ts'
import { equalBytes } from '../crypto/equal-bytes.ts'
import type { AuditRecord } from '../ports/index.ts'
import { hashLine } from './hash-line.ts'

/** The newest line; kept outside the database it proves that the log was not cut off. */
export interface AuditHead {
  readonly sequence: number
  readonly hash: string
}

/**
 * `gap`: lines are missing before this one. `order`: the store tells it twice or too late. `hash`: it was altered, or not written by us. `link`: it
 * does not follow the one before. `truncated`: the log does not have the expected head any more.
 */
export type AuditFault = 'gap' | 'order' | 'hash' | 'link' | 'truncated'

export type AuditVerdict =
  | { readonly ok: true; readonly lines: number; readonly head: AuditHead | null }
  | { readonly ok: false; readonly brokenAt: number; readonly reason: AuditFault }

export interface VerifyAuditOptions {
  readonly tenantId: string
  /** The head of an earlier verification, which the host kept elsewhere. Without it nobody can see that the newest lines were deleted. */
  readonly expectedHead?: AuditHead
}

const pageSize = 500

const start: AuditHead = { sequence: 0, hash: '' }

/** Recomputes a tenant's audit log from its first line and names the first that is wrong. The host calls it. @throws `unavailable`, `secrets_unreadable` */
export async function verifyAudit(context: Context, { tenantId, expectedHead }: VerifyAuditOptions): Promise<AuditVerdict> {
  let head = start
  let seesExpected = expectedHead === undefined
  const key = await context.envelope.auditKey(tenantId)
  for (;;) {
    const page = await context.store.audit.list(tenantId, head.sequence, pageSize)
    for (const line of page) {
      const reason = await faultOf(context, key, head, line)
      if (reason !== null) return { ok: false, brokenAt: head.sequence + 1, reason }
      head = { sequence: line.sequence, hash: line.hash }
      seesExpected ||= expectedHead?.sequence === line.sequence && isSame(expectedHead.hash, line.hash)
    }
    if (page.length < pageSize) break
  }
  if (!seesExpected && expectedHead !== undefined)
    return { ok: false, brokenAt: Math.min(expectedHead.sequence, head.sequence + 1), reason: 'truncated' }
  return { ok: true, lines: head.sequence, head: head.sequence === 0 ? null : head }
}

async function faultOf(context: Context, key: Uint8Array, previous: AuditHead, line: AuditRecord): Promise<AuditFault | null> {
  if (line.sequence <= previous.sequence) return 'order'
  if (line.sequence > previous.sequence + 1) return 'gap'
  if (!isSame(await hashLine(context.crypto, key, line), line.hash)) return 'hash'
  return isSame(previous.hash, line.previousHash) ? null : 'link'
}

const isSame = (left: string, right: string): boolean => equalBytes(encodeText(left), encodeText(right))
