import { QueryClient } from '@tanstack/react-query'
import { act, screen, waitFor } from '@testing-library/react'
import axe from 'axe-core'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { microsoftConfigured, microsoftStoreDown } from '../../../../../.storybook/microsoft-scenarios.ts'
import { queryKeys } from '../../data/index.ts'
import { TenantryProvider } from '../../provider/index.ts'
import { createBrowserWorld } from '../../testing/render-in-world.tsx'
import { MicrosoftSetupPanel } from './index.ts'
import type { MicrosoftSetupPanelProps } from './index.ts'
import { setupStepIds } from './setup-step.ts'
import { renderPanel } from './testing/render-panel.tsx'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** The page with what a host has read on its server. */
async function createPage(props: MicrosoftSetupPanelProps = {}, knowsSetup = true) {
  const { world } = await createBrowserWorld(microsoftConfigured)
  const queryClient = new QueryClient()
  if (knowsSetup) queryClient.setQueryData(queryKeys.microsoftSetup('acme'), await world.client.microsoft.status())
  return (
    <TenantryProvider client={world.client} appName="Helpdesk" tenantId="acme" queryClient={queryClient} now={world.sandbox.clock.now}>
      <MicrosoftSetupPanel {...props} />
    </TenantryProvider>
  )
}

async function findAxeProblems(container: HTMLElement): Promise<unknown[]> {
  // Contrast needs pixels; the browser tests look at it.
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
}

describe('the panel on the server', () => {
  it('renders the frame and its skeleton while nothing is known', async () => {
    const html = renderToString(await createPage({}, false))
    expect(html).toContain('aria-busy="true"')
    expect(html).not.toMatch(/\sstyle=/)
  })

  it.each([...setupStepIds.map((initialStep) => ({ initialStep })), { readOnly: true }, { layout: 'wizard' as const }])(
    'renders with %o, the same twice',
    async (props) => {
      const page = await createPage(props)
      const html = renderToString(page)
      expect(html).toContain('tn-microsoft-setup-panel')
      expect(html).not.toMatch(/\sstyle=/)
      expect(renderToString(page)).toBe(html)
    },
  )

  it('is taken over in the browser without a complaint', async () => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
    const page = await createPage({ initialStep: 'register' })
    const container = document.createElement('div')
    container.innerHTML = renderToString(page)
    document.body.append(container)
    const problems: unknown[] = []
    const root = await act(async () => hydrateRoot(container, page, { onRecoverableError: (error) => problems.push(error) }))
    expect(await screen.findByRole('button', { name: 'Replace Application (client) ID' })).toBeEnabled()
    expect(problems).toEqual([])
    expect(complain).not.toHaveBeenCalled()
    act(() => root.unmount())
    container.remove()
  })
})

describe('for assistive technology', () => {
  it.each(setupStepIds)('step %s has no faults that axe knows', async (initialStep) => {
    const { container } = await renderPanel(microsoftConfigured, { initialStep })
    await waitFor(() => expect(container.querySelector('.tn-skeleton')).toBeNull())
    expect(await findAxeProblems(container)).toEqual([])
  })

  it('what is not known has none either', async () => {
    const { container } = await renderPanel(microsoftStoreDown)
    await screen.findByText('Temporarily unavailable')
    expect(await findAxeProblems(container)).toEqual([])
  })
})
