import type { TenantryClient } from '@tenantry/sdk/client'
import type { OAuthOptions, UiEvent } from '../../provider/ui-event.ts'

/** Settings of a new connection: its name and what its provider asks for. */
export type ConnectSettings = Readonly<Record<string, unknown>>

/** What a sign-in is for and what it works with. */
export interface OAuthSetting {
  readonly client: TenantryClient
  readonly provider: string
  /** Present: a new sign-in of this connection. */
  readonly connectionId: string | undefined
  readonly oauth: OAuthOptions
  readonly now: () => number
  /** Stands in the window until the provider's page does. */
  readonly placeholder: string
  readonly emit: (event: UiEvent) => void
  readonly onConnected: () => void
}
