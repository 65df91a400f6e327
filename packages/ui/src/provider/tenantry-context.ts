import type { QueryClient } from '@tanstack/react-query'
import type { TenantryClient } from '@tenantry/sdk/client'
import { createContext, useContext } from 'react'
import type { Notice, OAuthOptions, UiEvent } from './ui-event.ts'

/** What the data layer and controllers get from the provider. */
export interface Tenantry {
  readonly client: TenantryClient
  /** Handed to every query hook explicitly, so that a host's own QueryClientProvider is neither needed nor disturbed. */
  readonly queryClient: QueryClient
  /** Separates cached answers only; authority is the server's session. */
  readonly tenantId: string | undefined
  readonly appName: string
  readonly oauth: OAuthOptions
  readonly navigate: (href: string) => void
  readonly emit: (event: UiEvent) => void
  /** Tells the host; absent: the component shows the words itself. */
  readonly notify: ((notice: Notice) => void) | undefined
  /** Milliseconds since the epoch; not for renders. */
  readonly now: () => number
}

export const TenantryContext = createContext<Tenantry | null>(null)

/** The nearest provider's client and callbacks. @throws Error outside a TenantryProvider */
export function useTenantry(): Tenantry {
  const tenantry = useContext(TenantryContext)
  if (!tenantry)
    throw new Error(
      'No <TenantryProvider> above this component. Wrap the page in <TenantryProvider client={createClient()} appName="...">.',
    )
  return tenantry
}
