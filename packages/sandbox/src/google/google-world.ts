import type { EventResource, EventTime } from '../state/account-state.ts'
import type { Rotation } from '../state/oauth-state.ts'
import type { ApiName, Publishing } from '../state/project-state.ts'

export interface ProjectOptions {
  /** Default: a made-up one, such as `quiet-harbor-412307`. */
  projectId?: string
  /** Default `testing`. */
  publishing?: Publishing
  /** Default all enabled. */
  apis?: Partial<Record<ApiName, boolean>>
  /** Google has verified the app; default false. */
  verified?: boolean
  /** Who may use it while in Testing; default every account. */
  testUsers?: string[]
  /** Workspace domain of an internal app; default the domain of the first account. */
  organization?: string
}

export interface Project {
  projectId: string
  number: string
}

/** An OAuth client of type "Web application". */
export interface OAuthClient {
  readonly clientId: string
  /** The newest secret. */
  readonly clientSecret: string
  readonly projectId: string
  /** A second secret beside the old ones. */
  addSecret(): string
  /** A new secret; the old ones stop working. */
  rotate(): string
  /** Text of the downloadable client_secret.json. */
  json(): string
}

export interface ServiceAccount {
  readonly email: string
  readonly projectId: string
  readonly uniqueId: string
  /** Text of the key file, with a real RSA-2048 key. @throws Error with Google's words when an org policy forbids keys */
  keyJson(): string
}

export interface ServiceAccountOptions {
  projectId: string
  /** Default `mail-push`. */
  name?: string
  /** Roles in its project. Default Pub/Sub admin and service account user (which lets Pub/Sub sign as it); none beside `permissions`. */
  roles?: string[]
  /** Permissions in its project, for example `pubsub.topics.get`: a role of its own that grants exactly these. */
  permissions?: string[]
}

export interface OrgPolicy {
  /** `constraints/iam.allowedPolicyMemberDomains`: nobody from outside the organization can be granted anything. */
  domainRestrictedSharing?: boolean
  /** `constraints/iam.disableServiceAccountKeyCreation`: service accounts made from now on have no key to download. */
  disableServiceAccountKeyCreation?: boolean
}

export interface Account {
  readonly address: string
  readonly name: string
}

export interface AccountOptions {
  address: string
  name?: string
  /** Asked for on the sign-in page; default none. */
  password?: string
  /** A few believable upcoming events; default true. */
  seed?: boolean
  /** False: a Workspace account without Gmail. */
  mail?: boolean
  /** First historyId, a decimal uint64; default a six-digit number. */
  historyId?: string
}

export type Mail = { from: string; subject: string; text: string; labels?: string[] } | { eml: Uint8Array | string; labels?: string[] }

export interface DeliveredMail {
  id: string
  threadId: string
  /** Of the change that brought it, a decimal uint64. */
  historyId: string
}

/** What an account may do with a calendar. */
export type AccessRole = 'freeBusyReader' | 'reader' | 'writer' | 'owner'

export interface EventDraft {
  summary: string
  /** Epoch ms, a Date, or the Calendar API's own form. */
  start: number | Date | EventTime
  end: number | Date | EventTime
  description?: string
  location?: string
  attendees?: { email: string }[]
  /** RRULE, RDATE and EXDATE lines (RFC 5545): a series. */
  recurrence?: string[]
  /** `transparent`: does not block its time. */
  transparency?: 'opaque' | 'transparent'
}

/** What the host asked for (parameters, or the whole authorization URL), and what the person answers. */
export type ConsentAnswer = {
  address: string
  /** Scopes the person leaves ticked; default all that were asked for. */
  scopes?: string[]
} & ({ authorizationUrl: string } | ConsentParameters)

export interface ConsentParameters {
  clientId: string
  redirectUri: string
  state?: string
  /** Scopes asked for; default `scopes`. */
  requestedScopes?: string[]
  codeChallenge?: string
  codeChallengeMethod?: 'S256' | 'plain'
  nonce?: string
  /** Default `offline`. */
  accessType?: 'online' | 'offline'
  /** Default `consent`. */
  prompt?: string
}

export interface Grant {
  code: string
  /** The redirect URI with code, state, scope and iss: where the browser goes next. */
  redirectTo: string
}

/** Google from behind the counter: everything a person can do in a console, a mailbox or a calendar. Unknown names throw. */
export interface GoogleWorld {
  createProject(options?: ProjectOptions): Project
  setPublishing(projectId: string, publishing: Publishing, options?: { verified?: boolean; testUsers?: string[] | null }): void
  setApi(projectId: string, api: ApiName, enabled: boolean): void
  /** Org policies that stand in the way of provisioning; what is not named stays as it is. */
  setOrgPolicy(projectId: string, policy: OrgPolicy): void
  /** Project-level IAM; `member` as in IAM, for example `serviceAccount:a@p.iam.gserviceaccount.com`. */
  grantRole(projectId: string, member: string, role: string): void
  revokeRole(projectId: string, member: string, role: string): void

  createClient(options: { projectId: string; redirectUris: string[] }): OAuthClient
  setRedirectUris(clientId: string, redirectUris: string[]): void
  rotateSecret(clientId: string): string
  deleteClient(clientId: string): void

  createServiceAccount(options: ServiceAccountOptions): Promise<ServiceAccount>
  /** The Google key stops working; the account and its tokens stay. */
  deleteServiceAccountKeys(email: string): void

  createAccount(options: AccountOptions): Account
  changePassword(address: string, password: string): void
  grantConsent(answer: ConsentAnswer): Grant
  /** The person presses Cancel. */
  denyConsent(answer: ConsentAnswer): { redirectTo: string }
  revokeGrant(address: string, clientId: string): void
  /** What refreshes do to refresh tokens from now on. */
  setRotation(rotation: Rotation): void
  /** Access tokens stop working before their time. */
  expireAccessTokens(address: string): void

  deliverMail(address: string, mail: Mail): DeliveredMail
  /** Many mails at once, in this order; ten thousand take seconds. */
  deliverMany(address: string, mails: Mail[]): DeliveredMail[]
  trashMessage(address: string, id: string): void
  deleteMessage(address: string, id: string): void
  changeLabels(address: string, id: string, change: { add?: string[]; remove?: string[] }): void
  createLabel(address: string, name: string): { id: string; name: string }
  renameLabel(address: string, id: string, name: string): void
  expireHistory(address: string): void
  /** Page tokens of history and message listings answer 400 from now on. */
  expirePageTokens(address: string): void
  /** How notifications write historyId; both occur. Default `string`. */
  historyIdAs(type: 'string' | 'number'): void

  createCalendar(
    address: string,
    options: { summary: string; id?: string; timeZone?: string; pushable?: boolean; color?: string },
  ): { id: string }
  /** Lets another account see or change a calendar of this one; again, with another role, changes that. */
  shareCalendar(ownerAddress: string, calendarId: string, withAddress: string, role: AccessRole): void
  unshareCalendar(ownerAddress: string, calendarId: string, withAddress: string): void
  /** For everybody; its channels end. */
  deleteCalendar(ownerAddress: string, calendarId: string): void
  createEvent(address: string, calendarId: string, event: EventDraft): EventResource
  /** Also of one instance of a series, by the instance's id. */
  updateEvent(address: string, calendarId: string, eventId: string, changes: Partial<EventDraft>): EventResource
  /** Moves start and end by so many milliseconds. */
  moveEvent(address: string, calendarId: string, eventId: string, byMilliseconds: number): EventResource
  cancelEvent(address: string, calendarId: string, eventId: string): void
  /** An event exactly as given, times missing or rules broken: what a wrong client may have left in a calendar. */
  createOddEvent(address: string, calendarId: string, resource: Record<string, unknown>): EventResource
  /** Ids of a series' instances that begin from `from` on (epoch ms), cancelled ones left out. */
  listInstances(address: string, calendarId: string, seriesId: string, options?: { from?: number; limit?: number }): string[]
  /** What is in the calendar now: single events, series, and the instances of series that were changed, moved or cancelled. */
  listEvents(address: string, calendarId: string): EventResource[]
  expireSyncTokens(address: string): void
  /** From now on the calendar's channels end early: at most so many milliseconds after they are opened. */
  limitChannelLife(milliseconds: number | null): void
}
