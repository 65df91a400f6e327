import type { GoogleEndpoints } from '../ports/index.ts'

/** The part of `@tenantry/sandbox` that the testing kit drives. Structural, so that the sdk does not depend on it. */
export interface TestSandbox {
  fetch(request: Request): Promise<Response>
  readonly endpoints: GoogleEndpoints
  readonly clock: { now(): number; advance(milliseconds: number): Promise<void> }
  settled(): Promise<void>
  readonly google: TestGoogleWorld
  readonly faults: { add(fault: TestFault): { remove(): void; hits(): number }; clear(): void }
  /** What Google was asked. */
  readonly requests: readonly {
    readonly at: number
    readonly operation: string
    readonly method: string
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    readonly status: number
    /** Real epoch milliseconds with fractions, because the virtual clock may stand still; the end is `null` while the call runs. */
    readonly startedAt: number
    readonly endedAt: number | null
  }[]
  clearRequests(): void
}

/** Trouble with calls, or with pushes. */
export type TestFault = TestCallFault | TestPushFault

export interface TestCallFault {
  /** For example `gmail.messages.get` or `/^pubsub\./`; default every operation. */
  readonly operation?: string | RegExp
  /** A piece of the URL's path, or a pattern for it: `/messages/ID` poisons one message. */
  readonly path?: string | RegExp
  readonly method?: string
  /** Default until removed. */
  readonly times?: number
  readonly kind: 'latency' | 'reset' | 'status' | 'body' | 'redirect' | 'lose-response' | 'hang' | 'flood' | 'drip' | 'cut' | 'rewrite'
  /** Real milliseconds of `latency`, and between two bytes of `drip`. */
  readonly ms?: number
  readonly status?: number
  readonly body?: string | Uint8Array
  readonly headers?: Record<string, string>
  readonly contentType?: string
  readonly to?: string
  /** Length of `flood`; where the answer is `cut`. */
  readonly bytes?: number
  /** A `flood` that is packed on the wire. */
  readonly gzip?: boolean
  /** Fields that `rewrite` changes in the answer, or leaves out. */
  readonly fields?: Record<string, unknown>
  readonly omit?: readonly string[]
}

export interface TestPushFault {
  readonly delivery: 'pubsub' | 'calendar'
  readonly times?: number
  readonly kind:
    | 'duplicate'
    | 'reorder'
    | 'drop'
    | 'latency'
    | 'no-token'
    | 'wrong-audience'
    | 'wrong-email'
    | 'wrong-issuer'
    | 'expired'
    | 'unverified'
    | 'bad-signature'
  /** Virtual milliseconds of `latency`. */
  readonly ms?: number
}

export type TestMail = { from: string; subject: string; text: string; labels?: string[] } | { eml: Uint8Array | string; labels?: string[] }

export interface DeliveredTestMail {
  readonly id: string
  readonly threadId: string
  /** Decimal uint64. */
  readonly historyId: string
}

export interface TestGoogleWorld {
  createProject(options?: {
    projectId?: string
    publishing?: 'testing' | 'production' | 'internal'
    organization?: string
    verified?: boolean
  }): { projectId: string; number: string }
  setPublishing(projectId: string, publishing: 'testing' | 'production' | 'internal'): void
  setApi(projectId: string, api: 'gmail' | 'calendar' | 'pubsub', enabled: boolean): void
  setOrgPolicy(projectId: string, policy: { domainRestrictedSharing?: boolean; disableServiceAccountKeyCreation?: boolean }): void
  grantRole(projectId: string, member: string, role: string): void
  revokeRole(projectId: string, member: string, role: string): void
  createClient(options: { projectId: string; redirectUris: string[] }): { clientId: string; clientSecret: string }
  rotateSecret(clientId: string): string
  deleteClient(clientId: string): void
  /** With these roles, or with exactly these permissions; default every right that a push needs. */
  createServiceAccount(options: {
    projectId: string
    name?: string
    roles?: string[]
    permissions?: string[]
  }): Promise<{ email: string; keyJson(): string }>
  deleteServiceAccountKeys(email: string): void
  createAccount(options: { address: string; name?: string; seed?: boolean; mail?: boolean; historyId?: string }): { address: string }
  grantConsent(answer: { authorizationUrl: string; address: string; scopes?: string[] }): { redirectTo: string }
  denyConsent(answer: { authorizationUrl: string; address: string }): { redirectTo: string }
  revokeGrant(address: string, clientId: string): void
  /** What refreshes do to refresh tokens from now on; Google: `none`. */
  setRotation(rotation: 'none' | 'replace-keep-old' | 'strict-family'): void
  expireAccessTokens(address: string): void
  deliverMail(address: string, mail: TestMail): DeliveredTestMail
  /** In this order; ten thousand take seconds. */
  deliverMany(address: string, mails: TestMail[]): DeliveredTestMail[]
  deleteMessage(address: string, id: string): void
  changeLabels(address: string, id: string, change: { add?: string[]; remove?: string[] }): void
  createLabel(address: string, name: string): { id: string; name: string }
  /** Every earlier cursor answers 404. */
  expireHistory(address: string): void
  /** Every earlier page token answers 400. */
  expirePageTokens(address: string): void
  historyIdAs(type: 'string' | 'number'): void
}
