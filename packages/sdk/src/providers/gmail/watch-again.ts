import type { GoogleGateway } from '../../ports/index.ts'
import type { ProviderCall } from '../provider.ts'
import { resolveLabels } from './labels.ts'
import { topicOf } from './push/plan.ts'
import { parseGmailSettings } from './settings.ts'

/**
 * Starts the watch that is there once more, because Gmail announces each start at once. The place in the feed stays, and so does the time of renewal. Where
 * the connection was ended meanwhile the watch is stopped again.
 * @returns false when there is no watch
 * @throws `unknown_label`, the token's codes, ProviderRefusal
 */
export async function watchAgain(google: GoogleGateway, call: ProviderCall): Promise<boolean> {
  const { tenantId, id } = call.connection
  const settings = parseGmailSettings(call.connection.settings)
  const held = (await call.store.subscriptions.list(tenantId, id)).find(({ state }) => state === 'active')
  if (held === undefined) return false
  const labelIds = await resolveLabels(google, call, settings)
  const accessToken = await call.accessToken()
  const { expiresAt } = await google.gmail.watch(
    { accessToken },
    { topicName: topicOf(held.target), labelIds, labelFilterBehavior: settings.labelMode },
  )
  const isUsed = await call.store.transaction(async (transaction) => {
    const used = (await transaction.subscriptions.list(tenantId, id)).filter(({ state }) => state === 'active' || state === 'pending')
    const current = used.find(({ state }) => state === 'active')
    // One that was stopped or moved meanwhile stays so.
    if (current?.target === held.target) await transaction.subscriptions.put({ ...current, expiresAt })
    return used.length > 0
  })
  if (!isUsed) await google.gmail.stop({ accessToken })
  return isUsed
}
