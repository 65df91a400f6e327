import type { ImapTransport } from '@tenantry/sdk/ports'
import { createPool } from './imap/create-pool.ts'
import { examineInbox } from './imap/examine-inbox.ts'
import { fetchMessage } from './imap/fetch-message.ts'
import { keepSent } from './imap/keep-sent.ts'
import { listMessages } from './imap/list-messages.ts'
import { openClient } from './imap/open-client.ts'
import { watchInbox } from './imap/watch-inbox.ts'
import type { MailTls } from './tls-options.ts'

export type { MailTls } from './tls-options.ts'

export interface ImapTransportOptions {
  readonly tls?: MailTls
  /** Time for each command, in milliseconds. Default 10 000. */
  readonly deadlineMs?: number
  /** Time for a message's bytes, in milliseconds. Default 30 000. */
  readonly transferDeadlineMs?: number
  /** Connections to one mailbox at once, beside the one that watches it. Default 4. */
  readonly connections?: number
  /** How long a connection waits for the next call with the same sign-in, in milliseconds. Default 30 000. */
  readonly keepMs?: number
  /** How often a watched connection is asked whether it still lives, in milliseconds, which also begins IDLE anew. At most 28 minutes; default 4. */
  readonly probeMs?: number
}

export interface ImapConnections extends ImapTransport {
  /** Hangs up the connections that wait for another call. Those in use go on. */
  close(): void
}

const longestIdleMs = 28 * 60_000

/**
 * IMAP with imapflow: TLS or mandatory STARTTLS, a checked certificate, XOAUTH2 and nothing else.
 * @example
 * const mail = { composer: createMailComposer(), imap: createImapTransport() }
 */
export function createImapTransport(options: ImapTransportOptions = {}): ImapConnections {
  const { tls, deadlineMs = 10_000, transferDeadlineMs = 30_000, connections = 4, keepMs = 30_000, probeMs = 240_000 } = options
  const open = (call: Parameters<typeof openClient>[0]) => openClient(call, { tls, deadlineMs })
  const pool = createPool({ open, connections, keepMs })
  return {
    examine: (call) => pool.use(call, examineInbox),
    list: (call, input) => pool.use(call, (client) => listMessages(client, input)),
    fetch: (call, input) => pool.use(call, (client) => fetchMessage(client, input, transferDeadlineMs)),
    keepSent: (call, input) => pool.use(call, (client) => keepSent(client, input, transferDeadlineMs)),
    watch: (call, input) => watchInbox(() => open(call), input, Math.min(probeMs, longestIdleMs)),
    close: () => pool.close(),
  }
}
