import type { ConnectionSummary, Health } from '@tenantry/sdk/wire'
import { TenantryError } from '@tenantry/sdk/errors'
import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { createConnection, inHours, readOnlyPermissions } from '../../elements/connection-card/testing/create-connection.ts'
import { createFakeConnections } from '../../elements/connection-card/testing/create-fake-client.ts'
import type { FakeConnections } from '../../elements/connection-card/testing/create-fake-client.ts'
import { renderWithin } from '../../elements/connection-card/testing/render-within.tsx'
import { ConnectionCard } from './index.ts'
import type { ConnectionCardProps } from './index.ts'

async function renderCard(connection: ConnectionSummary, props: Partial<ConnectionCardProps> = {}, more: Partial<FakeConnections> = {}) {
  const server = createFakeConnections([connection], more)
  const view = renderWithin(server, <ConnectionCard connection="con_1" {...props} />)
  await screen.findByRole('heading', { name: connection.name })
  const menu = () => screen.getByRole('button', { name: `Actions for ${connection.name}` })
  const choose = async (name: string) => {
    await view.user.click(menu())
    await view.user.click(screen.getByRole('menuitem', { name }))
  }
  return { server, menu, choose, ...view }
}

/** The value that stands beside a term. */
function factOf(term: string): HTMLElement {
  const found = screen.getByText(term, { selector: 'dt' }).nextElementSibling
  if (!(found instanceof HTMLElement)) throw new Error(`no value beside ${term}`)
  return found
}

const dead = createConnection({ status: 'needs_reauth', reason: 'grant_revoked' })

describe('the facts of a connection', () => {
  it('say what a mailbox does', async () => {
    const { container } = await renderCard(createConnection())
    expect(screen.getByText('support@acme.test')).toBeVisible()
    expect(screen.getByText('Connected')).toBeVisible()
    expect(factOf('Last mail')).toHaveTextContent('4 hours ago')
    expect(factOf('Delivery')).toHaveTextContent('Instant')
    expect(factOf('Renews')).toHaveTextContent('in 3 days')
    expect(factOf('Sign-in')).toHaveTextContent('No end date')
    expect(factOf('Connected by')).toHaveTextContent('Dana, Nov 3, 2026')
    expect(factOf('Labels')).toHaveTextContent('Inbox')
    expect(container.querySelector('.tn-callout')).toBeNull()
    expect(screen.queryByText('Set aside')).toBeNull()
  })

  it('say what a calendar does', async () => {
    const calendar = { provider: 'google-calendar', name: 'On-call', settings: { calendarId: 'primary' } }
    await renderCard(createConnection({ delivery: 'polling', deliveryReason: 'polling_chosen', lookEveryMs: 300_000 }, calendar))
    expect(factOf('Last change')).toHaveTextContent('4 hours ago')
    expect(factOf('Delivery')).toHaveTextContent('Every 5 minutes')
    expect(factOf('Calendar')).toHaveTextContent('Main calendar')
    expect(screen.queryByText('Labels')).toBeNull()
  })

  it('say that nothing is imported where the tenant wants it so', async () => {
    const calendar = { provider: 'google-calendar', settings: { calendarId: 'support@acme.test', direction: 'to_google' } }
    const { container } = await renderCard(
      createConnection({ delivery: 'polling', deliveryReason: 'direction_to_google', renewBy: null }, calendar),
    )
    expect(factOf('Delivery')).toHaveTextContent('Nothing is imported')
    expect(factOf('Calendar')).toHaveTextContent('Main calendar')
    expect(container.querySelector('.tn-callout')).toBeNull()
  })

  it.each<[string, Partial<Health>, string, string | null]>([
    ['Renews', { renewBy: inHours(20) }, 'in 20 hours', 'warning'],
    ['Renews', { renewBy: inHours(-2) }, 'Expired 2 hours ago', 'danger'],
    ['Last mail', { lastItemAt: null }, 'Nothing yet', null],
    ['Sign-in', { signInEndsAt: '2026-11-28T10:00:00Z' }, 'Ends Nov 28, 2026', null],
    ['Delivery', { delivery: 'polling', lookEveryMs: 7_200_000 }, 'Every 2 hours', null],
    ['Delivery', { delivery: 'polling', lookEveryMs: 60_000 }, 'Every minute', null],
    ['Set aside', { quarantined: 2 }, '2 messages', 'warning'],
  ])('%s with %o: %s', async (term, health, words, tone) => {
    await renderCard(createConnection(health))
    expect(factOf(term)).toHaveTextContent(words)
    expect(factOf(term).parentElement?.dataset['tone'] ?? null).toBe(tone)
  })

  it('promise nothing for a connection that does not work', async () => {
    await renderCard(dead)
    for (const term of ['Delivery', 'Renews', 'Sign-in']) expect(screen.queryByText(term, { selector: 'dt' })).toBeNull()
  })

  it.each([
    [['INBOX', 'Label_1', 'Label_2'], 'include', 'Inbox and 2 labels'],
    [['Label_1'], 'exclude', 'All but 1 label'],
  ])('names labels %j that are to %s', async (labelIds, labelMode, words) => {
    await renderCard(createConnection({}, { settings: { labelIds, labelMode } }))
    expect(factOf('Labels')).toHaveTextContent(words)
  })

  it('keep what only technicians ask for behind Details', async () => {
    const { user } = await renderCard(
      createConnection({ failures: 3 }, { technical: { topic: 'EXAMPLE_topic', resourceId: 'EXAMPLE_id' } }),
    )
    const details = screen.getByText('Details').closest('details')
    expect(details).not.toHaveAttribute('open')
    await user.click(screen.getByText('Details'))
    expect(details).toHaveAttribute('open')
    expect(factOf('Topic')).toHaveTextContent('EXAMPLE_topic')
    expect(factOf('resourceId')).toHaveTextContent('EXAMPLE_id')
    expect(factOf('Failed attempts in a row')).toHaveTextContent('3')
    expect(factOf('Connection ID')).toHaveTextContent('con_1')
  })
})

describe('the notice of a connection', () => {
  it.each<[string, Partial<Health>, string[], string | null]>([
    [
      'a dead grant',
      { status: 'needs_reauth', reason: 'grant_revoked' },
      ['Reconnect support@acme.test', 'Google ended the sign-in 3 hours ago.', 'Messages are not lost: they stay in the mailbox'],
      'Reconnect',
    ],
    [
      'a failure that is tried again',
      {
        status: 'error',
        reason: 'api_not_enabled',
        values: { api: 'Gmail API', project: 'acme' },
        failures: 3,
        nextAttemptAt: inHours(0.2),
      },
      ['Trying again in 12 minutes (attempt 4).', 'Messages are not lost'],
      'Try now',
    ],
    [
      'a sign-in that ends soon',
      { signInEndsAt: '2026-11-23T10:00:00Z' },
      ['The sign-in ends on Nov 23, 2026', 'Usually because your Google app is in Testing'],
      'Reconnect',
    ],
    [
      'a watch that has ended',
      { renewBy: inHours(-2) },
      ['New mail is not announced', 'ended 2 hours ago and were not renewed', 'Messages are not lost'],
      'Renew now',
    ],
    [
      'a watch that was not renewed for days',
      { status: 'degraded', reason: 'renewal_late', renewBy: inHours(40) },
      ['The watch was not renewed for days', 'The notifications end tomorrow.'],
      'Renew now',
    ],
    [
      'notifications that do not arrive',
      { delivery: 'polling', deliveryReason: 'push_silent', lookEveryMs: 300_000 },
      ['Checked every 5 minutes instead of instantly', 'Notifications do not arrive. Run the checks, then repair.'],
      'Try notifications again',
    ],
    ['a provider that does not answer', { status: 'degraded', reason: 'provider_unavailable' }, ['Messages are not lost'], 'Try now'],
    ['a pause', { status: 'paused' }, ['Nothing is imported until you resume.'], 'Resume'],
    ['a sign-in that was not finished', { status: 'connecting' }, ['The sign-in was not finished.'], 'Finish the sign-in'],
    ['the end', { status: 'disconnected' }, ['Helpdesk has no access any more.'], 'Connect again'],
    ['what was set aside', { quarantined: 2 }, ['2 messages were set aside', 'Everything else goes on.'], 'Try again'],
  ])('of %s', async (_, health, words, action) => {
    const { container } = await renderCard(createConnection(health))
    await waitFor(() => expect(container.querySelector('.tn-callout')).toHaveTextContent(words[0] ?? ''))
    for (const text of words) expect(container.querySelector('.tn-callout')).toHaveTextContent(text)
    expect(container.querySelectorAll('.tn-callout')).toHaveLength(1)
    if (action !== null) expect(screen.getByRole('button', { name: action })).toBeVisible()
  })

  it.each<[string, Partial<Health>, string[], string]>([
    [
      'a calendar that is still to be chosen',
      { status: 'error', reason: 'calendar_not_chosen' },
      ['No calendar is chosen yet', 'Connecting', 'Not chosen yet'],
      'Choose a calendar',
    ],
    [
      'a calendar that is gone',
      { status: 'error', reason: 'calendar_not_found' },
      ['The calendar no longer exists in Google', 'Not working'],
      'Choose a calendar',
    ],
    [
      'a calendar that can only be viewed',
      { status: 'degraded', reason: 'calendar_read_only' },
      ['You can only view this calendar', 'nothing can be written to the calendar'],
      'Change the direction',
    ],
  ])('of %s leads to where it is chosen', async (_, health, words, action) => {
    const onOpen = vi.fn<(connection: ConnectionSummary) => void>()
    const calendar = { provider: 'google-calendar', settings: { calendarId: null, direction: 'both' } }
    const { container, user } = await renderCard(createConnection(health, calendar), { onOpen })
    await user.click(await screen.findByRole('button', { name: action }))
    expect(onOpen).toHaveBeenCalledOnce()
    for (const text of words) expect(container).toHaveTextContent(text)
  })

  it('never offers a bare resume on a dead grant', async () => {
    const { menu, user } = await renderCard(createConnection({ status: 'paused', signInEndsAt: inHours(-1) }))
    expect(await screen.findByRole('button', { name: 'Reconnect' })).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Resume' })).toBeNull()
    await user.click(menu())
    expect(screen.queryByRole('menuitem', { name: 'Resume' })).toBeNull()
  })

  it('of a broken app leads whoever may repair it to the setup, and tells others to ask', async () => {
    const onOpenSetup = vi.fn<() => void>()
    const broken = createConnection({ status: 'blocked_by_app', reason: 'app_secret_invalid' })
    const { user, rerender, server, queryClient } = await renderCard(broken, { onOpenSetup })
    await user.click(await screen.findByRole('button', { name: 'Open Google setup' }))
    expect(onOpenSetup).toHaveBeenCalledOnce()
    server.app = { ...server.app, permissions: { save: false, test: false, reset: false } }
    await act(() => queryClient.invalidateQueries())
    rerender(<ConnectionCard connection="con_1" onOpenSetup={onOpenSetup} />)
    expect(await screen.findByText('Ask an admin to repair the Google setup.')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Open Google setup' })).toBeNull()
  })

  it.each(['blocked_by_app', 'not_configured'] as const)(
    'of a broken app of the host’s sends nobody to the own setup: %s',
    async (status) => {
      const settings = { mailbox: 'sales@acme.test', send: 'graph', receive: 'delta', app: 'host' }
      const broken = createConnection({ status, reason: 'app_secret_invalid' }, { provider: 'microsoft-shared-mailbox', settings })
      await renderCard(broken, { onOpenSetup: () => undefined })
      expect(await screen.findByText('The Microsoft app of Helpdesk is broken.')).toBeVisible()
      expect(screen.getByText('The people who run Helpdesk have to repair it.')).toBeVisible()
      expect(screen.queryByRole('button', { name: /setup/ })).toBeNull()
    },
  )

  it.each(['delta', 'webhook'])('names who is signed in for a shared mailbox, unless its app acts for itself: %s', async (receive) => {
    const settings = { mailbox: 'sales@acme.test', send: 'graph', receive }
    await renderCard(createConnection({}, { provider: 'microsoft-shared-mailbox', address: 'dana@acme.test', settings }))
    expect(screen.queryAllByText('dana@acme.test')).toHaveLength(receive === 'webhook' ? 0 : 1)
  })

  it('of a connection whose end Google did not confirm leads to the account', async () => {
    const goodbye = { pending: 0, givenUp: 1, since: inHours(-170), nextAttemptAt: null, code: 'provider_unavailable' } as const
    await renderCard(createConnection({ status: 'disconnected', reason: 'provider_unavailable' }, { goodbye }))
    expect(await screen.findByText('Disconnected here. Google did not confirm.')).toBeVisible()
    expect(screen.getByText('Remove the access of Helpdesk in the Google account.')).toBeVisible()
    expect(screen.getByRole('link', { name: /permissions/ })).toHaveAttribute('href', 'https://myaccount.google.com/permissions')
  })

  it.each([
    ['when it is tried again', '2026-11-21T14:20:00Z', 'Google has not confirmed yet. Trying again at 2:20 PM.'],
    ['the day too, when that is far', '2026-11-23T14:20:00Z', 'Google has not confirmed yet. Trying again at Nov 23, 2026, 2:20 PM.'],
    [
      'that it is tried at once, when the time has come',
      '2026-11-21T10:00:30Z',
      'Google has not confirmed yet. It is tried again in a moment.',
    ],
  ])('of a connection whose end Google has not confirmed yet says %s', async (_, nextAttemptAt, words) => {
    const goodbye = { pending: 1, givenUp: 0, since: inHours(-1), nextAttemptAt, code: 'provider_unavailable' } as const
    const { container } = await renderCard(createConnection({ status: 'disconnected', reason: 'provider_unavailable' }, { goodbye }))
    expect(await screen.findByText('Disconnected here')).toBeVisible()
    expect(container.querySelector('.tn-callout')).toHaveTextContent(words)
    expect(screen.getByRole('link', { name: /permissions/ })).toBeVisible()
  })

  it('of a connection whose end is confirmed says nothing of Google', async () => {
    const { container } = await renderCard(createConnection({ status: 'disconnected' }))
    await screen.findByRole('button', { name: 'Connect again' })
    expect(container.querySelector('.tn-callout')).not.toHaveTextContent('Google')
  })

  it('of a connection that an admin reset ended offers to reconnect', async () => {
    const { events, user } = await renderCard(createConnection({ status: 'disconnected', reason: 'google_reset' }))
    expect(await screen.findByText('An admin reset Google')).toBeVisible()
    expect(screen.getByText('All Google connections were ended here. Nothing is lost in Google.')).toBeVisible()
    const reconnect = screen.getByRole('button', { name: 'Reconnect' })
    expect(reconnect).toHaveAttribute('data-variant', 'primary')
    const opens = vi.spyOn(window, 'open').mockReturnValue(null)
    await user.click(reconnect)
    expect(opens).toHaveBeenCalledOnce()
    opens.mockRestore()
    expect(events.map(({ type }) => type)).toContain('connection.reconnect')
  })

  it('offers a reader no empty row of actions', async () => {
    const { container } = await renderCard(createConnection({ status: 'disconnected' }, { permissions: readOnlyPermissions }))
    expect(await screen.findByText('Helpdesk has no access any more. What was imported stays.')).toBeVisible()
    expect(container.querySelector('.tn-callout .tn-actions')).toBeNull()
  })
})

describe('the actions of a connection', () => {
  it.each([
    ['Check now', 'sync con_1', 'It is being checked now.'],
    ['Renew now', 'repair con_1', 'Notifications are being renewed.'],
  ])('%s does it and says so', async (name, call, words) => {
    const { choose, server } = await renderCard(createConnection())
    await choose(name)
    const done = await screen.findByText(words)
    expect(done.closest('[role="status"]')).not.toBeNull()
    expect(server.calls).toEqual([call])
  })

  it('tries again what was set aside, and says how many', async () => {
    const { user, server } = await renderCard(createConnection({ quarantined: 2 }))
    await user.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('2 are tried again.')).toBeVisible()
    expect(server.calls).toEqual(['redrive con_1'])
    await waitFor(() => expect(screen.queryByText('2 messages were set aside')).toBeNull())
  })

  it('pauses at once, before the server has answered, and takes it back with Undo', async () => {
    let open = () => {}
    const { choose, server, user, menu } = await renderCard(createConnection())
    server.gate = new Promise((resolve) => (open = resolve))
    await choose('Pause')
    expect(await screen.findByText('Nothing is imported until you resume.')).toBeVisible()
    expect(server.calls).toEqual([])
    open()
    const undo = await screen.findByRole('button', { name: 'Undo' })
    undo.focus()
    await user.click(undo)
    expect(await screen.findByText('Connected')).toBeVisible()
    expect(server.calls).toEqual(['update con_1', 'update con_1'])
    await waitFor(() => expect(menu()).toHaveFocus())
  })

  it('shows a pause that did not work as it was before, and says why', async () => {
    const { choose } = await renderCard(createConnection(), {}, { fail: { update: new TenantryError('unavailable') } })
    await choose('Pause')
    expect(await screen.findByRole('alert')).toBeVisible()
    expect(screen.getByText('Connected')).toBeVisible()
    expect(screen.queryByText('Paused')).toBeNull()
  })

  it('tells the host which were chosen, and leaves those of the host to it', async () => {
    const onAction = vi.fn<NonNullable<ConnectionCardProps['onAction']>>()
    const onOpen = vi.fn<NonNullable<ConnectionCardProps['onOpen']>>()
    const onDiagnose = vi.fn<NonNullable<ConnectionCardProps['onDiagnose']>>()
    const { choose } = await renderCard(createConnection(), { onAction, onOpen, onDiagnose })
    await choose('Edit')
    await choose('Run checks')
    expect(onAction.mock.calls.map(([action, { id }]) => [action, id])).toEqual([
      ['edit', 'con_1'],
      ['diagnostics', 'con_1'],
    ])
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 'con_1' }))
    expect(onDiagnose).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 'con_1' }))
  })

  it('are not there for what the host does not show, and not for members', async () => {
    const { user, menu } = await renderCard(createConnection(), { actions: ['edit', 'pause', 'diagnostics'] })
    await user.click(menu())
    expect(screen.getAllByRole('menuitem').map((item) => item.textContent)).toEqual(['Pause'])
  })

  it('are none for a member', async () => {
    await renderCard(createConnection({ status: 'paused' }, { permissions: readOnlyPermissions }))
    await screen.findByText('Nothing is imported until you resume.')
    expect(screen.queryAllByRole('button')).toEqual([])
  })
})

describe('a new sign-in', () => {
  it('starts within the click, and says what to do when the browser blocks its window', async () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null)
    const { user, events } = await renderCard(dead)
    await user.click(await screen.findByRole('button', { name: 'Reconnect' }))
    expect(open).toHaveBeenCalledOnce()
    expect(await screen.findByText('Your browser blocked the Google window.')).toBeVisible()
    expect(events).toContainEqual({ type: 'connection.reconnect', component: 'connection-card', provider: 'gmail', connectionId: 'con_1' })
    open.mockRestore()
  })

  it('keeps the focus in the card when the pressed button goes away', async () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null)
    const { user, menu } = await renderCard(dead)
    await user.click(await screen.findByRole('button', { name: 'Reconnect' }))
    await screen.findByText('Your browser blocked the Google window.')
    await waitFor(() => expect(menu()).toHaveFocus())
    open.mockRestore()
  })
})

describe('ending a connection', () => {
  it('asks first, with the focus on the safe answer, and gives the focus back', async () => {
    const { choose, server, user, menu } = await renderCard(createConnection())
    await choose('Disconnect')
    const dialog = await screen.findByRole('dialog', { name: 'Disconnect support@acme.test?' })
    expect(within(dialog).getByRole('button', { name: 'Keep connected' })).toHaveFocus()
    expect(dialog).toHaveAccessibleDescription(/Imported items stay\./)
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(menu()).toHaveFocus()
    expect(server.calls).toEqual([])
  })

  it.each([
    ['removes the access in the account as well', 0, 'disconnect con_1 revoke true'],
    ['leaves the access in the account when told so', 1, 'disconnect con_1 revoke false'],
  ])('%s', async (_, clicks, call) => {
    const { choose, user, server } = await renderCard(createConnection())
    await choose('Disconnect')
    const revoke = await screen.findByRole('checkbox', { name: 'Also remove Helpdesk’s access in the Google account' })
    expect(revoke).toBeChecked()
    for (let click = 0; click < clicks; click += 1) await user.click(revoke)
    await user.click(screen.getByRole('button', { name: 'Disconnect' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(server.calls).toEqual([call])
  })

  it('leaves the access that other connections use, and says why', async () => {
    const { choose, user, server } = await renderCard(createConnection({}, { sharesSignIn: true }))
    await choose('Disconnect')
    const revoke = await screen.findByRole('checkbox', { name: /Also remove/ })
    expect(revoke).not.toBeChecked()
    expect(revoke).toBeDisabled()
    expect(revoke).toHaveAccessibleDescription('Other connections use this sign-in. Google would end those too.')
    await user.click(screen.getByRole('button', { name: 'Disconnect' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(server.calls).toEqual(['disconnect con_1 revoke false'])
  })

  it('stays while it runs, and cannot be answered twice', async () => {
    let open = () => {}
    const gate = new Promise<void>((resolve) => (open = resolve))
    const { choose, user, server } = await renderCard(createConnection())
    await choose('Disconnect')
    const dialog = within(await screen.findByRole('dialog'))
    server.gate = gate
    await user.click(dialog.getByRole('button', { name: 'Disconnect' }))
    await user.keyboard('{Escape}')
    await user.click(dialog.getByRole('button', { name: 'Disconnect' }))
    expect(dialog.getByRole('button', { name: 'Keep connected' })).toBeDisabled()
    expect(dialog.getByText('Disconnecting.')).toBeInTheDocument()
    open()
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(server.calls).toEqual(['disconnect con_1 revoke true'])
  })

  it('disconnects, tells the host, and offers to connect again', async () => {
    const onDisconnect = vi.fn<NonNullable<ConnectionCardProps['onDisconnect']>>()
    const { choose, user, events, menu } = await renderCard(createConnection(), { onDisconnect })
    await choose('Disconnect')
    await user.click(await screen.findByRole('button', { name: 'Disconnect' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(await screen.findByRole('button', { name: 'Connect again' })).toBeVisible()
    expect(onDisconnect).toHaveBeenCalledOnce()
    expect(events.map(({ type }) => type)).toEqual(['connection.disconnected'])
    expect(menu()).toHaveFocus()
  })

  it('stays open and says why when it did not work; a later look starts clean', async () => {
    const fail = { disconnect: new TenantryError('unavailable') }
    const { choose, user } = await renderCard(createConnection(), {}, { fail })
    await choose('Disconnect')
    await user.click(await screen.findByRole('button', { name: 'Disconnect' }))
    const dialog = await screen.findByRole('dialog')
    expect(await within(dialog).findByRole('alert')).toBeVisible()
    await user.click(within(dialog).getByRole('button', { name: 'Keep connected' }))
    // Trying again from the card would not ask again.
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
    await choose('Disconnect')
    expect(within(await screen.findByRole('dialog')).queryByRole('alert')).toBeNull()
  })

  it('removes only what is disconnected, after asking', async () => {
    const onRemove = vi.fn<NonNullable<ConnectionCardProps['onRemove']>>()
    const { choose, server, user } = await renderCard(createConnection({ status: 'disconnected' }), { onRemove })
    await choose('Remove')
    await screen.findByRole('dialog', { name: 'Remove support@acme.test?' })
    await user.click(screen.getByRole('button', { name: 'Remove' }))
    await waitFor(() => expect(onRemove).toHaveBeenCalledOnce())
    expect(server.calls).toEqual(['remove con_1'])
  })
})

describe('reading a connection', () => {
  it('keeps its place while it loads, and says why it cannot be read', async () => {
    const server = createFakeConnections([], { fail: { get: new TenantryError('unavailable') } })
    const { container, user } = renderWithin(server, <ConnectionCard connection="con_1" />)
    expect(container.querySelector('[data-state="loading"] [aria-busy="true"]')).not.toBeNull()
    expect(await screen.findByRole('alert')).toBeVisible()
    server.fail = {}
    server.connections = [createConnection()]
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Connected')).toBeVisible()
  })

  it('shows what it was given at once, and keeps it with a word when it cannot be refreshed', async () => {
    const server = createFakeConnections([createConnection()])
    const { queryClient } = renderWithin(server, <ConnectionCard connection={createConnection()} />)
    expect(screen.getByText('Connected')).toBeVisible()
    await waitFor(() => expect(queryClient.getQueryCache().getAll()[0]?.state.status).toBe('success'))
    server.fail = { get: new TenantryError('network') }
    await act(() => queryClient.refetchQueries())
    expect(await screen.findByText(/Updated/)).toHaveTextContent('Updated now. Could not refresh.')
    expect(screen.getByText('Connected')).toBeVisible()
  })

  it('prefers the newer of what it was given and what it has read', async () => {
    const { rerender } = await renderCard(createConnection({}, { version: 2, name: 'Read' }), {})
    rerender(<ConnectionCard connection={createConnection({}, { version: 3, name: 'Given' })} />)
    expect(await screen.findByRole('heading', { name: 'Given' })).toBeVisible()
    rerender(<ConnectionCard connection={createConnection({}, { version: 1, name: 'Old' })} />)
    expect(await screen.findByRole('heading', { name: 'Read' })).toBeVisible()
  })
})
