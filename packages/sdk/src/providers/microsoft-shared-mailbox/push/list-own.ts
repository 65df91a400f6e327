import type { GraphSubscription } from '../../../ports/index.ts'
import type { ProviderCall } from '../../provider.ts'
import type { MailboxDesk } from '../desk.ts'
import { askGraph } from './ask-graph.ts'
import { connectionPushAddress } from './push-address.ts'

/** What Graph holds for a connection, known by where it posts to. */
export async function listOwn(desk: MailboxDesk, call: ProviderCall): Promise<readonly GraphSubscription[]> {
  const address = connectionPushAddress(call.pushUrl, call.connection.id)
  const all = await askGraph(desk, call, (graph, as) => graph.listSubscriptions(as))
  return all.filter(({ notificationUrl }) => notificationUrl === address)
}
