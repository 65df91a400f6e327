/** A file that goes with a message. */
export interface OutgoingAttachment {
  readonly filename: string
  readonly contentType: string
  readonly content: Uint8Array
  /** Makes it a picture within the text: `cid:` and this name. */
  readonly contentId?: string
}

/** A message to send from a connected mailbox. Addresses are plain (`ann@acme.com`) or with a name (`Ann <ann@acme.com>`). */
export interface OutgoingMessage {
  readonly to: readonly string[]
  readonly cc?: readonly string[]
  readonly bcc?: readonly string[]
  readonly replyTo?: string
  readonly subject: string
  /** At least one of the two. */
  readonly text?: string
  readonly html?: string
  readonly attachments?: readonly OutgoingAttachment[]
  /** Further headers, `X-…` or `List-…` only. */
  readonly headers?: Readonly<Record<string, string>>
  /** Message-IDs with angle brackets: what it answers, and the thread from its beginning. */
  readonly inReplyTo?: string
  readonly references?: readonly string[]
}

/** What became of a message. */
export interface SentMessage {
  /** With angle brackets; Exchange may show another one to recipients of `graph`. */
  readonly messageId: string
  readonly by: 'graph' | 'smtp' | 'relay'
}
