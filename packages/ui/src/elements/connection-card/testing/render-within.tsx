import { QueryClient } from '@tanstack/react-query'
import { configure, render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { vi } from 'vitest'
import { TenantryProvider } from '../../../provider/index.ts'
import type { TenantryProviderProps, UiEvent } from '../../../provider/index.ts'
import { exampleNow } from './create-connection.ts'
import type { FakeConnections } from './create-fake-client.ts'

// Notices, entries and dialogs are loaded when they are needed, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 5_000 })
vi.setConfig({ testTimeout: 30_000 })

const readNow = () => exampleNow

/** A component as a host mounts it, over the server in memory, at the fixtures' now. */
export function renderWithin(
  server: FakeConnections,
  children: ReactNode,
  provider: Partial<Omit<TenantryProviderProps, 'client' | 'children'>> = {},
) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retryDelay: 1 } } })
  const events: UiEvent[] = []
  const user = userEvent.setup()
  const within = (content: ReactNode) => (
    <TenantryProvider
      client={server.client}
      appName="Helpdesk"
      tenantId="acme"
      queryClient={queryClient}
      now={readNow}
      timeZone="UTC"
      onEvent={(event) => events.push(event)}
      {...provider}
    >
      {content}
    </TenantryProvider>
  )
  const { container, rerender } = render(within(children))
  return { user, events, queryClient, container, rerender: (content: ReactNode) => rerender(within(content)) }
}
