/** Whoever has an address in a directory. A guest and a contact have theirs elsewhere. */
export interface RecipientState {
  /** Object id, a GUID. */
  id: string
  kind: 'user' | 'shared' | 'group' | 'contact' | 'guest'
  address: string
  name: string
  directoryId: string
  /** Global administrator. */
  admin: boolean
  /** Asked for on the sign-in page; null: none. */
  password: string | null
  /** False: sign-in is blocked, as it is for every shared mailbox. */
  enabled: boolean
  removed: boolean
  /** Refresh tokens of sign-ins up to then are void; null: none are. */
  sessionsRevokedAt: number | null
  /** Of users; a shared mailbox needs none. */
  licensed: boolean
  onPremises: boolean
  /** SMTP AUTH of this mailbox; null: as the organization says. */
  smtpAuth: boolean | null
  imap: boolean
  /** What others may do with the mailbox. */
  rights: RightsState[]
  mailbox: MailboxState | null
}

export interface RightsState {
  /** Object id of who may. */
  to: string
  fullAccess: boolean
  sendAs: boolean
  sendOnBehalf: boolean
}

export type FolderName = 'inbox' | 'sentitems' | 'drafts' | 'archive' | 'deleteditems'

export interface MailboxState {
  /** Counts changes; each change takes the next. */
  sequence: number
  /** Delta links of older generations are gone. */
  deltaGeneration: number
  maxMessageBytes: number
  throttled: boolean
  messages: MessageState[]
  changes: ChangeState[]
  uploads: UploadState[]
}

export interface MessageState {
  /** Immutable id. */
  id: string
  /** The id without `Prefer: IdType="ImmutableId"`: another one after each move. */
  entryId: string
  folder: FolderName
  conversationId: string
  /** RFC 5322 Message-ID with its angle brackets. */
  messageId: string
  /** base64url of the RFC 5322 bytes. */
  raw: string
  /** Epoch ms. */
  receivedAt: number
  isDraft: boolean
  isRead: boolean
  /** Of a draft, until it is sent. */
  attachments: AttachmentState[]
}

export interface AttachmentState {
  id: string
  filename: string
  contentType: string
  contentId: string | null
  /** base64url. */
  content: string
}

/** A message came into a folder, changed in it, or left it. */
export interface ChangeState {
  sequence: number
  folder: FolderName
  kind: 'created' | 'updated' | 'deleted'
  id: string
  entryId: string
}

export interface UploadState {
  id: string
  /** Immutable id of the draft. */
  messageId: string
  filename: string
  contentType: string
  contentId: string | null
  size: number
  /** base64url of each range received, in order. */
  received: string[]
  next: number
  expiresAt: number
}
