import type { OutgoingMessage } from '../model/outgoing-message.ts'
import type { MailServer } from './microsoft-gateway.ts'

/** A sign-in at a mail server with SASL XOAUTH2. */
export interface MailCall {
  readonly server: MailServer
  /** Of IMAP: the mailbox that is opened. Of SMTP: the person whose token it is. */
  readonly user: string
  readonly accessToken: string
}

/** A folder's numbering, RFC 9051 section 2.3.1.1. Both are 32-bit; the next UID is the place where new messages begin. */
export interface ImapPlace {
  readonly uidValidity: number
  readonly uidNext: number
}

export interface ImapMessageRef {
  readonly uid: number
  /** INTERNALDATE, epoch milliseconds. */
  readonly receivedAt: number
  readonly size: number
}

/**
 * IMAP, as far as we use it. Every method throws `ProviderRefusal` (operation `imap.*`) with status 400 and a reason for what stays refused (`auth_failed`,
 * `not_connected` for "authenticated but not connected", `disabled`, `no_folder`, or the response code in lower case), 503 for what passes, 0 without an answer.
 */
export interface ImapTransport {
  /** Opens INBOX for reading only (EXAMINE). */
  examine(call: MailCall): Promise<ImapPlace>
  /** Messages from a UID on, or since a time, oldest first, at most `limit`. */
  list(
    call: MailCall,
    input: { readonly fromUid: number; readonly limit: number; readonly since?: number },
  ): Promise<ImapPlace & { readonly messages: readonly ImapMessageRef[] }>
  /** RFC 5322 bytes; `null` when it is gone or the numbering is another. Leaves the message unseen. @throws ProviderRefusal reason `answer_too_large` */
  fetch(call: MailCall, input: { readonly uidValidity: number; readonly uid: number }): Promise<Uint8Array | null>
  /** Waits with IDLE (RFC 2177), begun anew before 29 minutes, and tells of each change in INBOX. Resolves when `signal` aborts. @throws ProviderRefusal when it ends otherwise */
  watch(call: MailCall, input: { readonly onChange: () => void; readonly signal: AbortSignal }): Promise<void>
  /** Puts a copy into Sent Items, unless a message of this Message-ID lies there. */
  keepSent(call: MailCall, input: { readonly raw: Uint8Array; readonly messageId: string }): Promise<void>
}

/**
 * SMTP submission. Throws `ProviderRefusal` (operation `smtp.*`, reason the enhanced status code `5.7.60`, else the reply code): status 400 for 5yz, 503 for 4yz,
 * 0 when no answer came. `smtp.data` with 0 means that nobody knows whether it was taken.
 */
export interface SmtpTransport {
  /** AUTH, MAIL FROM and RSET: sends nothing. `maxBytes` is what EHLO's SIZE says, `null` when it does not. */
  probe(call: MailCall, input: { readonly from: string }): Promise<{ readonly maxBytes: number | null }>
  /** `to`: everybody, blind copies too. */
  send(call: MailCall, input: { readonly from: string; readonly to: readonly string[]; readonly raw: Uint8Array }): Promise<void>
}

export interface RelayMessage extends OutgoingMessage {
  readonly from: string
  /** With angle brackets. */
  readonly messageId: string
}

/** A mail API of the host's own, which sends instead of Microsoft. Throws `ProviderRefusal` (operation `relay.send`): 400 stays refused, 429, 503 or 0 as usual. */
export interface RelayTransport {
  /** As people know it, for example `LeadMail`. */
  readonly name: string
  /** The same key sends once; the relay promises it. */
  send(message: RelayMessage, options: { readonly idempotencyKey: string }): Promise<void>
}

/** Builds RFC 5322 bytes, with CRLF line ends only, RFC 5321 line lengths and no Bcc. */
export interface MailComposer {
  compose(message: RelayMessage, options: { readonly date: number }): Promise<Uint8Array>
}

/** How mail is read and sent beside a vendor's own API. Only what a host's choices need has to be given. */
export interface MailTransports {
  readonly composer: MailComposer
  readonly imap?: ImapTransport
  readonly smtp?: SmtpTransport
  readonly relay?: RelayTransport
}
