import { TenantryError } from '@tenantry/sdk/errors'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { TenantryProvider } from '../../provider/index.ts'
import { FailureBlock } from './index.ts'

const client = {} as Parameters<typeof TenantryProvider>[0]['client']
const ids = { microsoftRequestId: '0f9a1d2e-1111', requestId: 'req-EXAMPLE-1' }

function show(values: Readonly<Record<string, string>>, locale = 'en') {
  const error = new TenantryError('mailbox_access_denied', { values: { vendor: 'Microsoft', ...values } })
  render(
    <TenantryProvider client={client} appName="Helpdesk" locale={locale}>
      <FailureBlock error={error} />
    </TenantryProvider>,
  )
}

describe('the references of a failure', () => {
  it('are ours, and the one that Microsoft’s support asks for, each with its own copy button', async () => {
    const user = userEvent.setup()
    show(ids)
    expect(screen.getByRole('alert')).toHaveTextContent(/Reference req-EXAMPLE-1.*Microsoft request ID 0f9a1d2e-1111/)
    await user.click(screen.getByRole('button', { name: 'Copy Microsoft request ID' }))
    expect(await navigator.clipboard.readText()).toBe('0f9a1d2e-1111')
    await user.click(screen.getByRole('button', { name: 'Copy reference' }))
    expect(await navigator.clipboard.readText()).toBe('req-EXAMPLE-1')
  })

  it('are read in German, too', async () => {
    show(ids, 'de')
    expect(await screen.findByRole('button', { name: /Microsoft-Anforderungs-ID/ })).toBeVisible()
    expect(screen.getByRole('alert')).toHaveTextContent('Microsoft-Anforderungs-ID 0f9a1d2e-1111')
  })

  it('leave out Microsoft’s where it told none, and are part of no sentence', () => {
    show({ requestId: 'req-EXAMPLE-1' })
    expect(screen.getByRole('alert')).toHaveTextContent('Reference req-EXAMPLE-1')
    expect(screen.getByRole('alert')).not.toHaveTextContent('Microsoft request ID')
  })
})
