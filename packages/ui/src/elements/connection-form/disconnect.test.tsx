import { QueryClient } from '@tanstack/react-query'
import { TenantryError } from '@tenantry/sdk/errors'
import type { ConnectionSummary, Health } from '@tenantry/sdk/wire'
import { configure, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeAll, describe, expect, it } from 'vitest'
import { createFakeServer, healthy, makeConnection } from '../../data/oauth/testing/create-fake-server.ts'
import { GmailProviderForm } from '../../features/gmail-provider-form/index.ts'
import { GoogleCalendarProviderForm } from '../../features/google-calendar-provider-form/index.ts'
import { TenantryProvider } from '../../provider/index.ts'
import { saying } from '../../testing/saying.ts'

// Dialog and details load when they are needed, which takes its time on a busy machine.
beforeAll(() => configure({ asyncUtilTimeout: 5_000 }))

const forms = [
  { provider: 'gmail', Form: GmailProviderForm, text: /stops reading this mailbox/ },
  { provider: 'google-calendar', Form: GoogleCalendarProviderForm, text: /stops reading this calendar/ },
] as const

describe.each(forms)('the end of a connection in the form of $provider', ({ provider, Form, text }) => {
  function show(health: Partial<Health> = {}, changes: Partial<ConnectionSummary> = {}) {
    const server = createFakeServer()
    const settings = provider === 'gmail' ? {} : { settings: { calendarId: 'primary', direction: 'both' } }
    const connection = makeConnection({ provider, ...settings, health: { ...healthy, ...health }, ...changes })
    server.connections.set(connection.id, connection)
    const { container } = render(
      <TenantryProvider
        client={server.client}
        appName="Helpdesk"
        now={() => Date.parse('2026-11-21T09:00:00.000Z')}
        timeZone="UTC"
        queryClient={new QueryClient()}
      >
        <Form connection={connection.id} />
      </TenantryProvider>,
    )
    const reaches = (state: string) => waitFor(() => expect(container.querySelector('.tn-card')).toHaveAttribute('data-state', state))
    const ask = async () => {
      await userEvent.click(await screen.findByRole('button', { name: 'Disconnect' }))
      return within(await screen.findByRole('dialog'))
    }
    const sent = () => server.calls.find(({ name }) => name === 'connections.disconnect')?.input
    return { server, reaches, ask, sent }
  }

  it('says what ends, and takes the access from the account as well', async () => {
    const { ask, reaches, sent } = show()
    const dialog = await ask()
    expect(screen.getByRole('dialog')).toHaveAccessibleDescription(text)
    expect(dialog.getByRole('checkbox', { name: 'Also remove Helpdesk’s access in the Google account' })).toBeChecked()
    await userEvent.click(dialog.getByRole('button', { name: 'Disconnect' }))
    await reaches('disconnected')
    expect(sent()).toEqual({ id: 'c1', revoke: true })
  })

  it('leaves the access when the person says so, and the focus in the form', async () => {
    const { ask, reaches, sent } = show()
    const dialog = await ask()
    await userEvent.click(dialog.getByRole('checkbox'))
    await userEvent.click(dialog.getByRole('button', { name: 'Disconnect' }))
    await reaches('disconnected')
    expect(sent()).toEqual({ id: 'c1', revoke: false })
    await waitFor(() => expect(document.body).not.toHaveFocus())
  })

  it('leaves the access that other connections use', async () => {
    const { ask, sent, reaches } = show({}, { sharesSignIn: true })
    const dialog = await ask()
    expect(dialog.getByRole('checkbox')).toBeDisabled()
    expect(dialog.getByText('Other connections use this sign-in. Google would end those too.')).toBeVisible()
    await userEvent.click(dialog.getByRole('button', { name: 'Disconnect' }))
    await reaches('disconnected')
    expect(sent()).toEqual({ id: 'c1', revoke: false })
  })

  it('stays open when it does not work, and forgets why when it is closed', async () => {
    const { server, ask } = show()
    server.refuse('disconnect', new TenantryError('unavailable'))
    const dialog = await ask()
    await userEvent.click(dialog.getByRole('button', { name: 'Disconnect' }))
    expect(await dialog.findByText('Temporarily unavailable')).toBeVisible()
    await userEvent.click(dialog.getByRole('button', { name: 'Keep connected' }))
    expect((await ask()).queryByRole('alert')).not.toBeInTheDocument()
  })

  it('by an admin offers to reconnect', async () => {
    const { reaches } = show({ status: 'disconnected', reason: 'google_reset' })
    await reaches('disconnected')
    expect(await screen.findByText('An admin reset Google')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Reconnect' })).toHaveAttribute('data-variant', 'primary')
  })

  it('that Google has not confirmed says when it is tried again', async () => {
    const goodbye = { pending: 1, givenUp: 0, since: '2026-11-21T08:00:00Z', nextAttemptAt: '2026-11-21T14:20:00Z', code: null }
    show({ status: 'disconnected', reason: 'provider_unavailable' }, { goodbye })
    expect(await screen.findByText(saying(/Google has not confirmed yet\. Trying again at/))).toHaveTextContent('at 2:20 PM.')
    expect(screen.getByRole('link', { name: /permissions/ })).toBeVisible()
  })
})
