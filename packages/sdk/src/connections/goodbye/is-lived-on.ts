import type { Context } from '../../context.ts'
import { sharesSignIn } from '../shares-sign-in.ts'
import type { SignIn } from '../shares-sign-in.ts'

/**
 * Whether a connection lives on a sign-in by now, be it the one that it was of, which signed in again. `undecided`: somebody is signing in this moment,
 * and whose account it is nobody knows yet.
 * @throws `unavailable`
 */
export async function isLivedOn(context: Context, signIn: SignIn): Promise<boolean | 'undecided'> {
  const { tenantId, provider: name, id, account } = signIn.connection
  const vendor = context.providers.get(name)?.vendor.name
  let undecided = false
  for (const other of await context.store.connections.list(tenantId, { subjects: [account?.subject ?? null, null] })) {
    if (context.providers.get(other.provider)?.vendor.name !== vendor) continue
    if (other.id === id && other.status === 'needs_reauth') {
      // It lost its own, and may have a new one, of which is not known yet whether it works.
      const stored = await context.store.tokens.get(tenantId, id)
      undecided ||= stored !== null && stored.grantedAt > other.statusSince
      continue
    }
    if (other.account !== null && !(await sharesSignIn(context, signIn, other))) continue
    // A new grant is stored a moment before it is known whose it is, and that it works.
    const isOpen = other.account === null || other.status === 'disconnected'
    if (isOpen && (await context.store.tokens.get(tenantId, other.id)) === null) continue
    if (other.account !== null) return true
    undecided = true
  }
  return undecided && 'undecided'
}
