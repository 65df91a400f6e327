import { QueryClient } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { UserEvent } from '@testing-library/user-event'
import { expect } from 'vitest'
import { TenantryProvider } from '../../../provider/index.ts'
import type { TenantryProviderProps, UiEvent } from '../../../provider/index.ts'
import { GoogleSetupPanel } from '../google-setup-panel.tsx'
import type { GoogleSetupPanelProps } from '../panel-props.ts'
import type { FakeServer } from './create-fake-client.ts'

let tenants = 0

/** The panel as a host mounts it, over the server in memory; settled. */
export async function renderPanel(
  server: FakeServer,
  props: GoogleSetupPanelProps = {},
  provider: Partial<Omit<TenantryProviderProps, 'client' | 'children'>> = {},
) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retryDelay: 1 } } })
  const events: UiEvent[] = []
  const user = userEvent.setup()
  // What was ticked is remembered per tenant: each test is a tenant of its own.
  tenants += 1
  const { container, unmount } = render(
    <TenantryProvider
      client={server.client}
      appName="Helpdesk"
      tenantId={`tenant-${tenants}`}
      queryClient={queryClient}
      onEvent={(event) => events.push(event)}
      {...provider}
    >
      <GoogleSetupPanel {...props} />
    </TenantryProvider>,
  )
  await screen.findByRole('heading', { name: 'Google' })
  await expect.poll(() => container.querySelector('[data-state="loading"]')).toBeNull()
  return { server, user, events, queryClient, container, unmount }
}

/** Presses a step's header. */
export async function openStep(user: UserEvent, name: RegExp): Promise<void> {
  await user.click(await screen.findByRole('button', { name }))
}

/** Pastes over what a field holds, then leaves it. */
export async function fill(user: UserEvent, field: HTMLElement, text: string): Promise<void> {
  await user.clear(field)
  await user.click(field)
  await user.paste(text)
  await user.tab()
}

/** All that stays somewhere after a save: cached answers and requests, reported events, and the page with its inputs. */
export function everythingKept(kept: { queryClient: QueryClient; events: readonly UiEvent[]; container?: HTMLElement }): string {
  const { queryClient, events, container } = kept
  const inputs = [...(container?.querySelectorAll('input, textarea') ?? [])].map((input) => (input as HTMLInputElement).value)
  return JSON.stringify([
    queryClient
      .getMutationCache()
      .getAll()
      .map(({ state }) => state),
    queryClient
      .getQueryCache()
      .getAll()
      .map(({ state }) => state),
    events,
    container?.outerHTML,
    inputs,
    { ...localStorage },
    { ...sessionStorage },
  ])
}
