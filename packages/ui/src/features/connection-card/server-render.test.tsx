// @vitest-environment node
import type { TenantryClient } from '@tenantry/sdk/client'
import { renderToString } from 'react-dom/server'
import { expect, it, vi } from 'vitest'
import { createConnection } from '../../elements/connection-card/testing/create-connection.ts'
import { TenantryProvider } from '../../provider/index.ts'
import { ConnectionCard } from './index.ts'

function renderAt(time: string): string {
  vi.useFakeTimers({ now: Date.parse(time) })
  try {
    return renderToString(
      <TenantryProvider client={{} as TenantryClient} appName="Helpdesk">
        <ConnectionCard connection={createConnection({ lastItemAt: '2026-11-21T06:33:20Z', signInEndsAt: '2026-11-23T10:00:00Z' })} />
      </TenantryProvider>,
    )
  } finally {
    vi.useRealTimers()
  }
}

it('renders on the server the same at any time, in UTC and without style attributes', () => {
  const first = renderAt('2026-11-21T10:00:00Z')
  expect(renderAt('2031-01-01T00:00:00Z')).toBe(first)
  expect(first).toContain('2026-11-21 06:33 UTC')
  expect(first).toContain('>2026-11-03<')
  expect(first).toContain('Support')
  expect(first).not.toMatch(/\sstyle=/)
})
