import type { MessageReceived } from '../model/events.ts'
import { cleanLine } from './clean-text.ts'
import { readAddresses } from './read-addresses.ts'
import { readAuthentication } from './read-authentication.ts'
import { readAutomatic } from './read-automatic.ts'
import { readBody } from './read-body.ts'
import { readDate } from './read-date.ts'
import { readMessageId, readMessageIds, readReferences } from './read-message-ids.ts'
import { splitParts } from './split-parts.ts'

/** What the bytes of a mail tell. */
export type ParsedMail = Omit<
  MessageReceived['message'],
  'providerMessageId' | 'providerThreadId' | 'labelIds' | 'mailbox' | 'raw' | 'rawHash'
>

export interface MailFacts {
  /** The address of the mailbox that the mail lies in. */
  readonly mailbox: string
  /** The servers whose `Authentication-Results` are believed; Gmail's when left out. */
  readonly trustedServers?: readonly string[]
}

const gmailServers = ['mx.google.com']

const maxParts = 2000

/**
 * Reads a mail: RFC 5322, MIME, RFC 8601. Never throws: a part that cannot be read is `null` or empty, everything else is there, and the work
 * is bounded whatever the sender wrote (1 MiB of headers, 2,000 addresses a list, 100 references, 2,000 parts, 64 levels).
 */
export async function parseMail(raw: Uint8Array, facts: MailFacts): Promise<ParsedMail> {
  // Loaded with the first mail: most processes that import the sdk never parse one.
  const { default: parser, addressParser, decodeWords } = await import('postal-mime')
  const budget = { left: maxParts }
  const root = splitParts(raw, budget)
  const { headers } = root
  const addresses = (values: readonly string[]) => readAddresses(values, addressParser)
  const ids = (name: string) => decodeWords(headers.first(name) ?? '')
  const from = addresses(headers.all('from').slice(0, 1))
  const senders = [...from, ...addresses(headers.all('sender').slice(0, 1))]
  const mailbox = facts.mailbox.toLowerCase()

  return {
    messageId: readMessageId(ids('message-id')),
    inReplyTo: readMessageIds(ids('in-reply-to'))[0] ?? null,
    references: readReferences(ids('references')),
    from: from[0] ?? null,
    replyTo: addresses(headers.all('reply-to')),
    to: addresses(headers.all('to')),
    cc: addresses(headers.all('cc')),
    subject: cleanLine(decodeWords(headers.first('subject') ?? '')),
    date: readDate(headers.first('date') ?? ''),
    ...(await readBody(parser, root, budget)),
    authentication: readAuthentication(headers.all('authentication-results'), facts.trustedServers ?? gmailServers),
    automatic: readAutomatic(headers),
    fromSelf: senders.some(({ address }) => address.toLowerCase() === mailbox),
  }
}
