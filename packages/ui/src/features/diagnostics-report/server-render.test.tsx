// @vitest-environment node
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { TenantryProvider } from '../../provider/index.ts'
import { DiagnosticsReport } from './index.ts'
import type { DiagnosticsReportProps } from './index.ts'
import { createFakeDiagnostics, makeCheck } from './testing/create-fake-server.ts'

const server = createFakeDiagnostics([])

function renderOnServer(props: Partial<DiagnosticsReportProps>): string {
  return renderToString(
    <TenantryProvider client={server.client} appName="Helpdesk">
      <DiagnosticsReport scope="setup" {...props} />
    </TenantryProvider>,
  )
}

const report = {
  startedAt: '2026-11-21T07:58:56.800Z',
  finishedAt: '2026-11-21T07:59:00.000Z',
  checks: [
    makeCheck('maintenance', 'fail', {
      code: 'upkeep_stalled',
      values: { since: '2026-11-18T08:00:00.000Z' },
      facts: { at: '2026-11-18T08:00:00.000Z' },
    }),
    makeCheck('grant', 'pass'),
  ],
}

describe('on the server', () => {
  it.each<Partial<DiagnosticsReportProps>>([{}, { autoRun: true }, { scope: { connectionId: 'con_1' } }, { report }])(
    'renders %o without asking anything, and the same twice',
    (props) => {
      const html = renderOnServer(props)
      expect(html).toContain('tn-diagnostics-report')
      expect(html).not.toContain('style=')
      expect(renderOnServer(props)).toBe(html)
      expect(server.calls).toEqual([])
    },
  )

  it('writes times in UTC', () => {
    expect(renderOnServer({ report })).toContain('since 2026-11-18 08:00 UTC')
  })
})
