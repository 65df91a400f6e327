import { guard } from '../connections/guard.ts'
import { providerCall } from '../connections/provider-call.ts'
import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import { isLive } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import { watchAgain } from '../providers/gmail/watch-again.ts'
import { googlePushNames } from '../vendors/google/names.ts'
import { ensurePushEndpoint } from '../vendors/google/push-endpoint.ts'
import type { TestNotification } from '../wire/index.ts'
import { loadBundle } from './load-bundle.ts'
import { loadGmail } from './load-gmail.ts'
import type { HostGmail } from './load-gmail.ts'
import { publishCommand } from './write-gcloud-script.ts'

/** So many mailboxes are asked before the command has to do. */
const most = 3

/**
 * Asks for a notification that proves the pipe: Gmail announces a watch at once, also one that is there already. Without a mailbox, or when Gmail
 * refuses, somebody runs the command.
 * @throws `forbidden`, `google_not_configured`, `unavailable`, `secrets_unreadable`
 */
export async function testNotification(context: Context, options: { readonly principal: Principal }): Promise<TestNotification> {
  const { principal } = options
  await guard(context, principal, 'google.test')
  const { bundle } = await loadBundle(context, principal.tenantId)
  const { projectId } = bundle
  if (projectId === undefined) throw new TenantryError('google_not_configured', { values: { missing: 'projectId' } })
  const { key } = await ensurePushEndpoint(context, principal.tenantId)
  const topicName = bundle.notifications === 'manual' ? bundle.topicName : undefined
  const { topic } = googlePushNames({ ...context, projectId, key, topicName })
  const requestedAt = new Date(context.clock.now()).toISOString()
  const gmail = loadGmail(context)
  const sent = gmail !== null && bundle.notifications !== 'polling' && (await askAny(context, gmail, principal.tenantId))
  return { requestedAt, sent, command: publishCommand(projectId, topic) }
}

async function askAny(context: Context, gmail: HostGmail, tenantId: string): Promise<boolean> {
  const all = await context.store.connections.list(tenantId, { provider: gmail.provider.name })
  const live = all.filter(({ account, status, delivery }) => account !== null && isLive(status) && delivery === 'push')
  for (const connection of live.slice(0, most)) if (await ask(context, gmail, connection)) return true
  return false
}

async function ask(context: Context, { provider, google }: HostGmail, connection: Connection): Promise<boolean> {
  try {
    return await watchAgain(google, providerCall(context, provider, connection, { paced: false }))
  } catch (error) {
    // Another mailbox, or the command, will do; what is wrong with this one is its own checks' matter.
    const { code } = provider.vendor.classify(error).error
    context.logger.log('warn', 'google.test_notification_refused', { connectionId: connection.id, code })
    return false
  }
}
