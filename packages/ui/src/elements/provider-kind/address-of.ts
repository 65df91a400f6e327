import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { kindOf } from './provider-kind.ts'

/** What people know a connection by: a shared mailbox has its own address beside that of the person who signed in; `null` before there is one. */
export function addressOf({ provider, settings, address }: Pick<ConnectionSummary, 'provider' | 'settings' | 'address'>): string | null {
  const { mailbox } = settings
  return kindOf(provider).isShared && typeof mailbox === 'string' ? mailbox : address
}
