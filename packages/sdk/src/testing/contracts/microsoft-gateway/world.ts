import type { MicrosoftGateway } from '../../../ports/index.ts'
import type { GatewayFault } from '../google-gateway/bench.ts'

/** A fault that the suite asks for; what Google's suite asks for, and an answer without end. */
export interface GraphFault extends Omit<GatewayFault, 'kind'> {
  kind: GatewayFault['kind'] | 'flood' | 'drip'
}

export interface WorldMessage {
  readonly id: string
  readonly messageId: string
  readonly subject: string
  readonly raw: Uint8Array
}

interface AccessRights {
  fullAccess?: boolean
  sendAs?: boolean
}

/** The part of a local Microsoft that the suite needs: the second door. `createSandbox()` of `@tenantry/sandbox` fits as it is. */
export interface MicrosoftGatewayWorld {
  readonly fetch: (request: Request) => Promise<Response>
  readonly microsoftEndpoints: MicrosoftGateway['endpoints']
  readonly clock: { now(): number; advance(ms: number): Promise<void> }
  readonly faults: { add(fault: GraphFault): unknown; clear(): void }
  readonly requests: readonly {
    readonly operation: string
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }[]
  clearRequests(): void
  /** Resolves when what was accepted has been sent. */
  settled(): Promise<void>
  readonly microsoft: {
    createDirectory(options: { domain: string }): { directoryId: string }
    createUser(options: { address: string; licensed?: boolean; admin?: boolean }): { id: string; address: string }
    createSharedMailbox(options: { address: string; members?: string[] }): { id: string; address: string }
    createGroup(options: { address: string }): { id: string; address: string }
    grantAccess(options: { mailbox: string; to: string } & AccessRights): void
    revokeAccess(options: { mailbox: string; from: string } & AccessRights): void
    expireAccessTokens(address?: string): void
    registerApp(options: { directoryId: string; redirectUris: string[]; delegated?: string[] }): { clientId: string; clientSecret: string }
    grantConsent(answer: { address: string; clientId: string; redirectUri: string; scope: string }): { code: string | null }
    grantAdminConsent(answer: { clientId: string; redirectUri: string }): unknown
    deliverMail(address: string, mail: { eml: Uint8Array }): { id: string; messageId: string }
    inbox(address: string): readonly WorldMessage[]
    sentItems(address: string): readonly WorldMessage[]
    drafts(address: string): readonly WorldMessage[]
    deleteMessage(address: string, id: string): void
    moveMessage(address: string, id: string, folder: 'inbox' | 'archive' | 'deleteditems'): void
    expireDeltaLinks(address: string): void
    limitMailbox(address: string, limit: { throttled?: boolean }): void
    subscriptions(): readonly { id: string; resource: string; expiresAt: number; clientState: string | null }[]
  }
}
