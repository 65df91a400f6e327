/** The part of `@tenantry/sandbox`'s Microsoft that scenarios of the set-up drive. Structural, so that the sdk does not depend on it. */
export interface TestMicrosoftWorld {
  createDirectory(options: { domain: string; id?: string }): { directoryId: string; domain: string }
  /** A new app with a secret, of the directory. */
  registerApp(options: { directoryId: string; name?: string; redirectUris?: string[]; delegated?: string[]; application?: string[] }): {
    clientId: string
    clientSecret: string
    secretId: string
    /** Epoch milliseconds. */
    expiresAt: number
    directoryId: string
  }
  addSecret(clientId: string, options?: { days?: number }): { clientSecret: string; secretId: string; expiresAt: number }
  removeSecret(clientId: string, secretId: string): void
  deleteApp(clientId: string): void
}
