import type { Call } from '../../http/operation.ts'
import { headerOf, textOf } from '../../gmail/mime.ts'
import type { MailboxOwner } from '../find.ts'
import { addressesIn } from '../mail/addresses.ts'
import type { NamedAddress } from '../mail/addresses.ts'
import { readHead } from '../mail/stored-message.ts'
import type { MessageState } from '../state/recipient-state.ts'
import { folderId } from './folders.ts'

/** What a request prefers, RFC 7240. */
export interface Preferences {
  immutableIds: boolean
  pageSize: number | null
}

export function readPreferences(call: Call): Preferences {
  const prefer = call.request.headers.get('prefer') ?? ''
  const size = /odata\.maxpagesize\s*=\s*"?(\d+)/i.exec(prefer)?.[1]
  return { immutableIds: /IdType\s*=\s*"ImmutableId"/i.test(prefer), pageSize: size === undefined ? null : Number(size) }
}

export function idOf(message: Pick<MessageState, 'id' | 'entryId'>, { immutableIds }: Preferences): string {
  return immutableIds ? message.id : message.entryId
}

/** Graph's times of mail have whole seconds. */
export function graphTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}

/** A message in Graph's JSON; `select` names the fields that are wanted, null all. */
export function showMessage(owner: MailboxOwner, message: MessageState, preferences: Preferences, select: string[] | null) {
  const head = readHead(message)
  const text = textOf(head)
  const [from] = addressesIn(head, 'from')
  const [sender = from] = addressesIn(head, 'sender')
  const fields: Record<string, unknown> = {
    createdDateTime: graphTime(message.receivedAt),
    lastModifiedDateTime: graphTime(message.receivedAt),
    receivedDateTime: graphTime(message.receivedAt),
    sentDateTime: graphTime(message.receivedAt),
    hasAttachments: message.attachments.length > 0 || head.parts.some(({ filename }) => filename !== ''),
    internetMessageId: message.messageId,
    subject: headerOf(head, 'subject'),
    bodyPreview: text.trim().slice(0, 255),
    importance: 'normal',
    parentFolderId: folderId(owner, message.folder),
    conversationId: message.conversationId,
    isRead: message.isRead,
    isDraft: message.isDraft,
    webLink: `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(message.entryId)}`,
    body: { contentType: 'text', content: text },
    sender: sender ? named(sender) : null,
    from: from ? named(from) : null,
    toRecipients: addressesIn(head, 'to').map(named),
    ccRecipients: addressesIn(head, 'cc').map(named),
    bccRecipients: addressesIn(head, 'bcc').map(named),
    replyTo: addressesIn(head, 'reply-to').map(named),
    ...(select?.includes('internetMessageHeaders') ? { internetMessageHeaders: head.headers } : {}),
  }
  const wanted = select === null ? fields : Object.fromEntries(Object.entries(fields).filter(([name]) => select.includes(name)))
  return { '@odata.etag': `W/"${message.entryId.slice(-24)}"`, ...wanted, id: idOf(message, preferences) }
}

/** The fields that `$select` names; null when it does not. */
export function readSelect(query: URLSearchParams): string[] | null {
  return (
    query
      .get('$select')
      ?.split(',')
      .map((name) => name.trim()) ?? null
  )
}

function named({ name, address }: NamedAddress) {
  return { emailAddress: { name, address } }
}
