// @vitest-environment node
import { QueryClient } from '@tanstack/react-query'
import type { GoogleSetupStatus } from '@tenantry/sdk/wire'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { queryKeys } from '../../data/index.ts'
import { TenantryProvider } from '../../provider/index.ts'
import { GoogleSetupPanel } from './google-setup-panel.tsx'
import type { GoogleSetupPanelProps } from './panel-props.ts'
import { setupStepIds } from './setup-step.ts'
import { createFakeServer } from './testing/create-fake-client.ts'
import { configuredBundle } from './testing/examples.ts'

const server = createFakeServer({ bundle: configuredBundle, version: 1 })

function renderOnServer(status: GoogleSetupStatus | null, props: GoogleSetupPanelProps = {}): string {
  const queryClient = new QueryClient()
  if (status) queryClient.setQueryData(queryKeys.googleSetup('acme'), status)
  return renderToString(
    <TenantryProvider client={server.client} appName="Helpdesk" tenantId="acme" queryClient={queryClient}>
      <GoogleSetupPanel {...props} />
    </TenantryProvider>,
  )
}

describe('on the server', () => {
  it('renders the frame and its skeleton while nothing is known', () => {
    const html = renderOnServer(null)
    expect(html).toContain('aria-busy="true"')
    expect(html).not.toContain('style=')
  })

  it.each(setupStepIds)('renders with step %s open', async (initialStep) => {
    const html = renderOnServer(await server.client.google.status(), { initialStep })
    expect(html).toContain('aria-expanded="true"')
    expect(html).not.toContain('style=')
    expect(html).not.toContain(configuredBundle.clientSecret)
  })

  it.each([{ readOnly: true }, { layout: 'wizard' as const }, { services: ['calendar' as const] }])('renders %o', async (props) => {
    const html = renderOnServer(await server.client.google.status(), props)
    expect(html).toContain('tn-google-setup-panel')
    expect(html).not.toContain('style=')
  })

  it('says the same twice', async () => {
    const status = await server.client.google.status()
    expect(renderOnServer(status)).toBe(renderOnServer(status))
  })
})
