import type { WrittenMail } from '../../mail/write-mail.ts'
import type { Rotation } from '../../state/oauth-state.ts'
import type { SignInPolicy, UserConsent } from '../state/entra-state.ts'
import type { FolderName } from '../state/recipient-state.ts'

/** Microsoft calls it a tenant. */
export interface Directory {
  /** GUID. */
  directoryId: string
  domain: string
}

export interface Recipient {
  /** Object id, a GUID. */
  id: string
  address: string
  directoryId: string
}

/** What somebody may do with a mailbox that is not their own. */
export interface AccessRights {
  fullAccess?: boolean
  sendAs?: boolean
  sendOnBehalf?: boolean
}

export interface UserOptions {
  /** In the domain of a directory. */
  address: string
  name?: string
  /** False: no mailbox. Default true. */
  licensed?: boolean
  /** Global administrator; default false. */
  admin?: boolean
  /** Asked for on the sign-in page; default none. */
  password?: string
  /** The mailbox is in the organization's own servers. */
  onPremises?: boolean
}

export interface SharedMailboxOptions {
  address: string
  name?: string
  /** Addresses that get Full Access and Send As. */
  members?: string[]
  onPremises?: boolean
}

export interface AppOptions {
  directoryId: string
  name?: string
  redirectUris?: string[]
  /** For other directories too; default false. */
  multiTenant?: boolean
  /** Short names; default all that this Microsoft knows. */
  delegated?: string[]
  /** Default `Mail.ReadWrite` and `Mail.Send`; in force after an admin's consent. */
  application?: string[]
}

export interface AppSecret {
  /** The secret's value, which is what signs in. */
  clientSecret: string
  /** The secret's id, which people paste by mistake. */
  secretId: string
  /** Epoch ms. */
  expiresAt: number
}

export interface AppRegistration extends AppSecret {
  clientId: string
  directoryId: string
}

/** What the host asked for (parameters, or the whole authorization URL), and who answers. */
export type MicrosoftConsentAnswer = { address: string } & (
  | { authorizationUrl: string }
  | {
      clientId: string
      redirectUri: string
      scope: string
      state?: string
      nonce?: string
      codeChallenge?: string
      prompt?: string
    }
)

export interface MicrosoftGrant {
  /** null where Entra sends the person back with an error. */
  code: string | null
  /** Where the browser goes next. */
  redirectTo: string
}

export type AdminConsentAnswer = { adminConsentUrl: string } | { clientId: string; redirectUri: string; scope?: string; state?: string }

export type MicrosoftMail = WrittenMail

export interface MicrosoftMessage {
  /** Immutable id. */
  id: string
  /** With angle brackets. */
  messageId: string
  conversationId: string
  from: string
  subject: string
  /** Epoch ms. */
  receivedAt: number
  raw: Uint8Array
}

/** A sign-in at a mail server with XOAUTH2. */
export interface MailSignIn {
  protocol: 'imap' | 'smtp'
  /** Of IMAP: the mailbox. Of SMTP: the person. */
  user: string
  token: string
}

export interface MailSignInResult {
  /** The token works for this protocol. */
  active: boolean
  /** Whose token it is. */
  user: string | null
  /** IMAP may open the named mailbox. */
  mailboxAllowed: boolean
  mayAuthenticateSmtp: boolean
  /** Addresses that may stand in From. */
  sendAs: string[]
  /** Why not, as Exchange words it: `auth_failed`, `not_connected`, `5.7.3`, `5.7.139`; null when it may. */
  reason: string | null
}

export interface GraphSubscription {
  id: string
  resource: string
  notificationUrl: string
  lifecycleUrl: string | null
  clientState: string | null
  /** Epoch ms. */
  expiresAt: number
  /** Valid, and never heard of: a person's on a mailbox that is not their own. */
  silent: boolean
}

/** Microsoft from behind the counter: everything a person can do in a portal, a mailbox or an admin center. Unknown names throw. */
export interface MicrosoftWorld {
  createDirectory(options: { domain: string; id?: string }): Directory
  setUserConsent(directoryId: string, policy: UserConsent): void
  /** For sign-ins from now on, and for refreshes of earlier ones. */
  setSignInPolicy(directoryId: string, policy: SignInPolicy): void

  createUser(options: UserOptions): Recipient
  createSharedMailbox(options: SharedMailboxOptions): Recipient
  createGroup(options: { address: string }): Recipient
  /** Stands for somebody elsewhere. */
  createContact(options: { address: string; directoryId: string }): Recipient
  /** Somebody of elsewhere who was invited: may sign in, has no mailbox. */
  createGuest(options: { address: string; directoryId: string }): Recipient
  grantAccess(options: { mailbox: string; to: string } & AccessRights): void
  /** Without rights: all of them. */
  revokeAccess(options: { mailbox: string; from: string } & AccessRights): void
  setLicensed(address: string, licensed: boolean): void
  disableUser(address: string): void
  /** Their address can be given away again. */
  removeUser(address: string): void
  /** A changed password does the same. */
  revokeSessions(address: string): void
  /** The person, or an admin, takes the app's access away. */
  revokeGrant(address: string, clientId: string): void
  /** Access tokens stop working before their time; of everybody without an address. */
  expireAccessTokens(address?: string): void
  /** Of one mailbox, by its address, or of an organization, by its directory id. */
  setSmtpAuth(target: string, enabled: boolean): void
  setImap(address: string, enabled: boolean): void

  registerApp(options: AppOptions): AppRegistration
  /** Beside the old ones; valid 180 days unless told otherwise. */
  addSecret(clientId: string, options?: { days?: number }): AppSecret
  removeSecret(clientId: string, secretId: string): void
  setRedirectUris(clientId: string, redirectUris: string[]): void
  /** App-only tokens reach these mailboxes alone; null: all of the directory. */
  restrictApp(clientId: string, addresses: string[] | null): void
  deleteApp(clientId: string): void
  /** What refreshes do to refresh tokens from now on. */
  setRotation(rotation: Rotation): void

  /** Signs in and accepts. @throws Error with Entra's words where it shows them on a page and the app hears nothing */
  grantConsent(answer: MicrosoftConsentAnswer): MicrosoftGrant
  /** The person presses Cancel. */
  denyConsent(answer: MicrosoftConsentAnswer): { redirectTo: string }
  /** An admin of the directory opens the link and accepts. */
  grantAdminConsent(answer: AdminConsentAnswer): { redirectTo: string }
  denyAdminConsent(answer: AdminConsentAnswer): { redirectTo: string }

  deliverMail(address: string, mail: MicrosoftMail): { id: string; messageId: string }
  /** In this order. */
  deliverMany(address: string, mails: MicrosoftMail[]): { id: string; messageId: string }[]
  /** Oldest first, as are the others. */
  inbox(address: string): MicrosoftMessage[]
  sentItems(address: string): MicrosoftMessage[]
  drafts(address: string): MicrosoftMessage[]
  deleteMessage(address: string, id: string): void
  moveMessage(address: string, id: string, folder: FolderName): void
  /** Delta links given so far answer 410. */
  expireDeltaLinks(address: string): void
  limitMailbox(address: string, limit: { maxMessageBytes?: number; throttled?: boolean }): void
  /** What an SMTP server took from a person it had signed in: the copy goes to that person's Sent Items, as at Exchange. */
  acceptMail(submission: { user: string; from: string; to: string[]; raw: Uint8Array }): void

  subscriptions(): GraphSubscription[]
  /** Lifecycle notification `missed`. */
  missNotifications(subscriptionId: string): void
  /** Lifecycle notification `subscriptionRemoved`; it is gone. */
  removeSubscription(subscriptionId: string): void
  /** Lifecycle notification `reauthorizationRequired`; silent until it is renewed or reauthorized. */
  requireReauthorization(subscriptionId: string): void

  checkMailSignIn(signIn: MailSignIn): MailSignInResult
  maySendAs(question: { user: string; from: string }): boolean
}
