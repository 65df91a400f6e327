import type { GoogleGateway } from '../../ports/index.ts'
import type { ProviderCall } from '../provider.ts'
import { resolveLabels } from './labels.ts'
import { topicOf } from './push/plan.ts'
import { parseGmailSettings } from './settings.ts'

/**
 * Starts the watch that is there once more, because Gmail announces each start at once. The place in the feed stays, and so does the time of renewal.
 * @returns false when there is no watch
 * @throws `unknown_label`, the token's codes, ProviderRefusal
 */
export async function watchAgain(google: GoogleGateway, call: ProviderCall): Promise<boolean> {
  const { tenantId, id } = call.connection
  const settings = parseGmailSettings(call.connection.settings)
  const held = (await call.store.subscriptions.list(tenantId, id)).find(({ state }) => state === 'active')
  if (held === undefined) return false
  const labelIds = await resolveLabels(google, call, settings)
  const { expiresAt } = await google.gmail.watch(
    { accessToken: await call.accessToken() },
    { topicName: topicOf(held.target), labelIds, labelFilterBehavior: settings.labelMode },
  )
  await call.store.transaction(async (transaction) => {
    const [current] = (await transaction.subscriptions.list(tenantId, id)).filter(({ state }) => state === 'active')
    // One that was stopped or moved meanwhile stays so.
    if (current?.target === held.target) await transaction.subscriptions.put({ ...current, expiresAt })
  })
  return true
}
