import type { MailAudience } from '../model/mail-choices.ts'
import type { MicrosoftCloud } from '../model/microsoft-setup.ts'

/** Where one of Microsoft's clouds is. Constants in production; a host's test configuration may point at the sandbox; never tenant input. */
export interface MicrosoftEndpoints {
  /** Origin of the identity platform, for example `https://login.microsoftonline.com`. */
  readonly login: string
  /** Origin of Graph. */
  readonly graph: string
  /** What scopes begin with, `https://graph.microsoft.com` and `https://outlook.office.com`; the same in a sandbox. */
  readonly resources: Readonly<Record<MailAudience, string>>
  readonly imap: MailServer
  readonly smtp: MailServer
}

/** `security`: TLS from the first byte, or begun with STARTTLS, which is then mandatory. */
export interface MailServer {
  readonly host: string
  readonly port: number
  readonly security: 'tls' | 'starttls'
}

/** On behalf of whom Graph is called, and in which cloud. */
export interface MicrosoftCall {
  readonly accessToken: string
  readonly cloud: MicrosoftCloud
}

/** Whose mailbox: the caller's own by `/me`, which Graph serves better, or one by its address. */
export type MailboxPath = { readonly own: true } | { readonly own: false; readonly address: string }

export interface GraphMessageRef {
  /** Immutable: it stays when the message is moved within the mailbox. */
  readonly id: string
  /** RFC 5322 Message-ID with its angle brackets; `null` when Graph names none. */
  readonly messageId: string | null
  readonly conversationId: string | null
  /** Epoch milliseconds. */
  readonly receivedAt: number
}

/** One page of a delta. Exactly one of the two links is given: how to go on, or where the next delta begins. */
export interface GraphDeltaPage {
  readonly messages: readonly GraphMessageRef[]
  readonly next: { readonly pageLink: string } | { readonly deltaLink: string }
}

export interface GraphSubscription {
  readonly id: string
  readonly resource: string
  readonly notificationUrl: string
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

export interface GraphAttachment {
  readonly filename: string
  readonly contentType: string
  readonly content: Uint8Array
  /** Content-ID of an inline picture, without angle brackets. */
  readonly contentId?: string
}

/** Most bytes of MIME that a request to Graph carries: 4 MB hold 3 MB in base64, and above 2240 kB `sendMail` was seen to answer 200 and send nothing. */
export const maxGraphMimeBytes = 2_200_000

/** The largest message that is fetched: Exchange Online takes in 150 MB, of which we take what Gmail takes. */
export const maxGraphMessageBytes = 80 * 1024 * 1024

/** Graph, as far as we use it. Every method throws `ProviderRefusal` (reason: Graph's `error.code`) when it refuses or does not answer within its deadline. */
export interface GraphGateway {
  /** Who signed in. */
  getMe(call: MicrosoftCall): Promise<{ readonly id: string; readonly address: string }>
  /** The proof of access: GET mailFolders/inbox, never the user object. */
  getInbox(call: MicrosoftCall, mailbox: MailboxPath): Promise<{ readonly id: string }>
  /**
   * New messages of the inbox, with immutable ids. A link is one that an earlier page gave; it is followed only where it names the same host and mailbox.
   * Without one a delta begins, with all that the inbox holds. @throws ProviderRefusal reason `foreign_link` for any other link, with
   * status 0 where it was given and nobody was asked, and with the answer's where an answer gave it
   */
  listDelta(call: MicrosoftCall, input: { readonly mailbox: MailboxPath; readonly link: string | null }): Promise<GraphDeltaPage>
  /** RFC 5322 bytes; `null` when it is gone. @throws ProviderRefusal reason `answer_too_large` */
  getMime(call: MicrosoftCall, input: { readonly mailbox: MailboxPath; readonly id: string }): Promise<Uint8Array | null>
  /** Sends MIME and files the copy in the mailbox's own Sent Items. Anything but 202 is a refusal, 200 with reason `accepted_not_sent`. */
  sendMime(call: MicrosoftCall, input: { readonly mailbox: MailboxPath; readonly raw: Uint8Array }): Promise<void>
  /** A draft made of MIME, which keeps its headers. */
  createDraft(call: MicrosoftCall, input: { readonly mailbox: MailboxPath; readonly raw: Uint8Array }): Promise<{ readonly id: string }>
  /** Small ones in one request, large ones through an upload session in ranges of at most 4 MB. */
  attach(
    call: MicrosoftCall,
    input: { readonly mailbox: MailboxPath; readonly id: string; readonly attachment: GraphAttachment },
  ): Promise<void>
  sendDraft(call: MicrosoftCall, input: { readonly mailbox: MailboxPath; readonly id: string }): Promise<void>
  /** One that is gone counts as deleted. */
  deleteDraft(call: MicrosoftCall, input: { readonly mailbox: MailboxPath; readonly id: string }): Promise<void>
  /** Whether a message of this Message-ID lies in Sent Items. */
  isSent(call: MicrosoftCall, input: { readonly mailbox: MailboxPath; readonly messageId: string }): Promise<boolean>
  /** @throws ProviderRefusal with status 409 when there is one already */
  createSubscription(
    call: MicrosoftCall,
    input: {
      readonly mailbox: MailboxPath
      readonly notificationUrl: string
      readonly lifecycleUrl: string
      /** At most 128 characters. */
      readonly clientState: string
      readonly expiresAt: number
    },
  ): Promise<GraphSubscription>
  /** Renews and reauthorizes. @throws ProviderRefusal with status 404 when it is gone */
  renewSubscription(call: MicrosoftCall, input: { readonly id: string; readonly expiresAt: number }): Promise<GraphSubscription>
  listSubscriptions(call: MicrosoftCall): Promise<readonly GraphSubscription[]>
  /** One that is gone counts as deleted. */
  deleteSubscription(call: MicrosoftCall, id: string): Promise<void>
}

/** Microsoft, as far as we use it. */
export interface MicrosoftGateway {
  readonly endpoints: Readonly<Record<MicrosoftCloud, MicrosoftEndpoints>>
  readonly graph: GraphGateway
  /** The directory that a domain belongs to, a GUID in lower case; `null` when the cloud knows no such domain. Anybody may ask. @throws ProviderRefusal */
  findDirectory(cloud: MicrosoftCloud, domain: string): Promise<string | null>
}
