import type { GoogleEndpoints } from '../ports/index.ts'

/** The part of `@tenantry/sandbox` that the testing kit drives. Structural, so that the sdk does not depend on it. */
export interface TestSandbox {
  fetch(request: Request): Promise<Response>
  readonly endpoints: GoogleEndpoints
  readonly clock: { now(): number; advance(milliseconds: number): Promise<void> }
  settled(): Promise<void>
  readonly google: TestGoogleWorld
}

export interface TestGoogleWorld {
  createProject(options?: {
    projectId?: string
    publishing?: 'testing' | 'production' | 'internal'
    organization?: string
    verified?: boolean
  }): { projectId: string }
  createClient(options: { projectId: string; redirectUris: string[] }): { clientId: string; clientSecret: string }
  createServiceAccount(options: { projectId: string; name?: string; roles?: string[] }): Promise<{ email: string; keyJson(): string }>
  createAccount(options: { address: string; name?: string; seed?: boolean }): { address: string }
  grantConsent(answer: { authorizationUrl: string; address: string; scopes?: string[] }): { redirectTo: string }
  denyConsent(answer: { authorizationUrl: string; address: string }): { redirectTo: string }
  revokeGrant(address: string, clientId: string): void
  deliverMail(
    address: string,
    mail: { from: string; subject: string; text: string; labels?: string[] } | { eml: Uint8Array | string; labels?: string[] },
  ): { id: string }
}
