import { QueryClient } from '@tanstack/react-query'
import type { MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import { act, screen } from '@testing-library/react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { connectedMailbox, mailboxPaused, microsoftConfigured, smtpOff } from '../../../../../.storybook/microsoft-scenarios.ts'
import { notConfigured } from '../../../../../.storybook/scenarios.ts'
import { queryKeys } from '../../data/index.ts'
import { TenantryProvider } from '../../provider/index.ts'
import { createBrowserWorld } from '../../testing/render-in-world.tsx'
import { MicrosoftSharedMailboxForm } from './index.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** The page with what a host has read on its server. */
async function createPage(scenario: Parameters<typeof createBrowserWorld>[0], knowsSetup = true) {
  const { world, connectionId } = await createBrowserWorld(scenario)
  const queryClient = new QueryClient()
  if (knowsSetup) queryClient.setQueryData<MicrosoftSetupStatus>(queryKeys.microsoftSetup('acme'), await world.client.microsoft.status())
  const connection = connectionId === '' ? undefined : await world.client.connections.get(connectionId)
  return (
    <TenantryProvider client={world.client} appName="Helpdesk" tenantId="acme" queryClient={queryClient} now={world.sandbox.clock.now}>
      <MicrosoftSharedMailboxForm connection={connection} />
    </TenantryProvider>
  )
}

describe('the form on the server', () => {
  it.each([
    ['a new one', microsoftConfigured],
    ['without an app', notConfigured],
    ['connected', connectedMailbox],
    ['refused', smtpOff],
    ['paused', mailboxPaused],
  ])('renders %s, the same twice and without style attributes', async (_, scenario) => {
    const page = await createPage(scenario)
    const html = renderToString(page)
    expect(html).toContain('data-tn-part="microsoft-shared-mailbox-form"')
    expect(html).not.toMatch(/\sstyle=/)
    expect(renderToString(page)).toBe(html)
  })

  it('renders its skeleton while nothing is known', async () => {
    expect(renderToString(await createPage(microsoftConfigured, false))).toContain('aria-busy="true"')
  })

  it.each([
    ['a new one', microsoftConfigured, 'Sign in with Microsoft'],
    ['connected', connectedMailbox, 'Send a test message'],
  ])('is taken over in the browser without a complaint: %s', async (_, scenario, button) => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
    const page = await createPage(scenario)
    const container = document.createElement('div')
    container.innerHTML = renderToString(page)
    document.body.append(container)
    const frame = container.querySelector('[data-tn-part="microsoft-shared-mailbox-form"]')
    const problems: unknown[] = []
    const root = await act(async () => hydrateRoot(container, page, { onRecoverableError: (error) => problems.push(error) }))
    expect(await screen.findByRole('button', { name: button })).toBeEnabled()
    expect(container.querySelector('[data-tn-part="microsoft-shared-mailbox-form"]')).toBe(frame)
    expect(problems).toEqual([])
    expect(complain).not.toHaveBeenCalled()
    act(() => root.unmount())
    container.remove()
  })
})
