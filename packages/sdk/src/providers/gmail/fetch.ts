import { ProviderRefusal, TenantryError } from '../../errors/index.ts'
import { maxGmailMessageBytes } from '../../ports/index.ts'
import type { GmailMessage, GoogleGateway } from '../../ports/index.ts'
import type { Fetched, ProviderCall } from '../provider.ts'
import { isWanted } from './is-wanted.ts'
import { labelsOf } from './labels-of.ts'
import { parseGmailSettings } from './settings.ts'

const dayMs = 24 * 60 * 60_000

/**
 * A message as it is now, or `null` when it is gone or the label rule does not want it.
 * @throws `message_too_large`, `unknown_label`, ProviderRefusal
 */
export async function fetchGmail(google: GoogleGateway, call: ProviderCall, messageId: string): Promise<Fetched | null> {
  const labelIds = await labelsOf(google, call)
  const message = await readMessage(google, call, messageId)
  if (!isWanted(message, { labelIds, labelMode: parseGmailSettings(call.connection.settings).labelMode })) return null
  return {
    occurredAt: message.internalDate,
    // Old mail that got a label: it is wanted, and it is not news.
    ...(message.internalDate < call.connection.createdAt - dayMs && { origin: 'backfill' }),
    body: {
      type: 'message.received',
      message: {
        providerMessageId: message.id,
        providerThreadId: message.threadId,
        labelIds: message.labelIds,
        mailbox: call.connection.account?.address ?? '',
        raw: message.raw,
      },
    },
  }
}

async function readMessage(google: GoogleGateway, call: ProviderCall, messageId: string): Promise<GmailMessage> {
  try {
    return await google.gmail.getMessage({ accessToken: await call.accessToken() }, messageId)
  } catch (error) {
    if (!(error instanceof ProviderRefusal) || error.reason !== 'answer_too_large') throw error
    throw new TenantryError('message_too_large', { values: { limit: `${maxGmailMessageBytes / 1024 / 1024} MB` } })
  }
}
