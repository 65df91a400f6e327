import { QueryClient } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { RenderOptions } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { TenantryProvider } from '../../../provider/index.ts'
import type { TenantryProviderProps, UiEvent } from '../../../provider/index.ts'
import { DiagnosticsReport } from '../index.ts'
import type { DiagnosticsReportProps } from '../index.ts'
import type { FakeDiagnostics } from './create-fake-server.ts'

const now = () => Date.parse('2026-11-21T08:00:00Z')

/** The report as a host mounts it, over the server in memory. */
export function renderReport(
  server: FakeDiagnostics,
  props: Partial<DiagnosticsReportProps> = {},
  provider: Partial<Omit<TenantryProviderProps, 'client' | 'children'>> = {},
  options: Pick<RenderOptions, 'reactStrictMode'> = {},
) {
  const queryClient = new QueryClient()
  const events: UiEvent[] = []
  const user = userEvent.setup()
  const element = (shown: Partial<DiagnosticsReportProps>) => (
    <TenantryProvider
      client={server.client}
      appName="Helpdesk"
      tenantId="acme"
      now={now}
      queryClient={queryClient}
      onEvent={(event) => events.push(event)}
      {...provider}
    >
      <DiagnosticsReport scope="setup" {...shown} />
    </TenantryProvider>
  )
  const { container, rerender, unmount } = render(element(props), options)
  return { user, events, queryClient, container, unmount, show: (shown: Partial<DiagnosticsReportProps>) => rerender(element(shown)) }
}
