import type { MicrosoftCall } from '../../../ports/index.ts'
import type { ProviderCall } from '../../provider.ts'
import { askAtDesk } from '../ask-at-desk.ts'
import { graphCall } from '../desk.ts'
import type { MailboxDesk } from '../desk.ts'

/** Asks Graph for the upkeep of a subscription. @throws TenantryError, ProviderRefusal */
export function askGraph<T>(
  desk: MailboxDesk,
  call: ProviderCall,
  work: (graph: MailboxDesk['microsoft']['graph'], as: MicrosoftCall) => Promise<T>,
): Promise<T> {
  return askAtDesk(desk, call, async () => work(desk.microsoft.graph, await graphCall(desk, call)))
}
