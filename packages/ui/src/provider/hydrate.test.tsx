import type { TenantryClient } from '@tenantry/sdk/client'
import { render } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Card, SecretInput } from '../parts/index.ts'
import { RelativeTime, TenantryProvider } from './index.ts'

const nothing = () => {}
const now = () => Date.parse('2026-11-21T10:00:00Z')

function Page() {
  return (
    <TenantryProvider client={{} as TenantryClient} appName="Helpdesk" now={now}>
      <Card part="panel" title="Google">
        <RelativeTime iso="2026-11-21T09:56:00Z" />
        <SecretInput label="Secret" fact={{ set: true, updatedAt: '2026-11-03T10:00:00Z' }} value={{ action: 'keep' }} onChange={nothing} />
      </Card>
    </TenantryProvider>
  )
}

afterEach(() => vi.restoreAllMocks())

describe('hydration', () => {
  it('takes over server HTML without a warning, then shows relative times', () => {
    const complain = vi.spyOn(console, 'error').mockImplementation(nothing)
    const container = document.createElement('div')
    document.body.append(container)
    container.innerHTML = renderToString(<Page />)
    expect(container).toHaveTextContent('2026-11-21 09:56 UTC')
    const markup = container.firstElementChild
    render(<Page />, { container, hydrate: true })
    expect(container.firstElementChild).toBe(markup)
    expect(container).toHaveTextContent('4 minutes ago')
    expect(complain).not.toHaveBeenCalled()
  })
})
