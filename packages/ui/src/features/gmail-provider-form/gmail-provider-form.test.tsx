import { QueryClient } from '@tanstack/react-query'
import { failures, fillWords, TenantryError } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'
import type { ConnectionSummary, Health } from '@tenantry/sdk/wire'
import { act, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod/mini'
import { configuredSetup, createFakeServer, healthy, makeConnection } from '../../data/oauth/testing/create-fake-server.ts'
import type { FakeServer } from '../../data/oauth/testing/create-fake-server.ts'
import { Field, TextInput } from '../../parts/index.ts'
import { TenantryProvider } from '../../provider/index.ts'
import type { UiEvent } from '../../provider/index.ts'
import { GmailProviderForm } from './index.ts'
import type { GmailFormValues, GmailProviderFormProps } from './index.ts'
import { saying } from '../../testing/saying.ts'

const readNow = () => Date.parse('2026-11-21T09:00:00.000Z')

interface Popup {
  closed: boolean
  location: string
}

let popups: Popup[]
let openWindow: () => Popup | null

beforeEach(() => {
  popups = []
  openWindow = () => {
    const popup = { closed: false, location: '', document: { title: '', body: {} }, focus: vi.fn<() => void>(), close: vi.fn<() => void>() }
    popups.push(popup)
    return popup
  }
  vi.stubGlobal('open', () => openWindow())
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function show(props: GmailProviderFormProps = {}, server: FakeServer = createFakeServer()) {
  const events: UiEvent[] = []
  const queryClient = new QueryClient()
  render(
    <TenantryProvider
      client={server.client}
      appName="Helpdesk"
      now={readNow}
      queryClient={queryClient}
      onEvent={(event) => events.push(event)}
    >
      <GmailProviderForm {...props} />
    </TenantryProvider>,
  )
  return { server, events, queryClient }
}

const card = () => document.querySelector('[data-tn-part="gmail-provider-form"]')
const expectState = (state: string) => waitFor(() => expect(card()).toHaveAttribute('data-state', state), { timeout: 4000 })
const connectButton = () => screen.findByRole('button', { name: 'Connect with Google' })
const comeBack = () => act(async () => void window.dispatchEvent(new Event('focus')))

async function fill({ name = 'Support', mailbox = 'support@acme.com' } = {}) {
  await userEvent.type(await screen.findByLabelText('Name'), name)
  await userEvent.type(screen.getByLabelText('Gmail address'), mailbox)
}

async function startConnecting(server: FakeServer) {
  await fill()
  await userEvent.click(await connectButton())
  await waitFor(() => expect(server.flows.size).toBeGreaterThan(0))
  await expectState('waiting')
}

function establish(health: Partial<Health>, changes: Partial<ConnectionSummary> = {}) {
  const server = createFakeServer()
  const connection = makeConnection({ health: { ...healthy, ...health }, ...changes })
  server.connections.set(connection.id, connection)
  return { server, connection }
}

describe('a new mailbox', () => {
  it('is connected: window in the click, settings sent, set-up followed, host told', async () => {
    const onConnect = vi.fn<(connection: ConnectionSummary, values: GmailFormValues) => void>()
    const { server, events } = show({ onConnect })
    await expectState('new')
    expect(screen.getByText('Mail in the inbox is imported. You can choose labels after you connect.')).toBeVisible()
    await startConnecting(server)
    expect(popups[0]?.location).toContain('https://accounts.google.com/')
    expect(server.calls.find(({ name }) => name === 'connections.connect')?.input).toEqual({
      provider: 'gmail',
      settings: { name: 'Support', mailbox: 'support@acme.com', labelIds: ['INBOX'], labelMode: 'include' },
    })
    expect(await screen.findByText('Finish in the Google window. This page updates by itself.')).toBeVisible()
    server.finishFlow({})
    await comeBack()
    await expectState('setting-up')
    const tasks = within(await screen.findByRole('list', { name: 'Setting up' })).getAllByRole('listitem')
    expect(tasks.map((task) => task.textContent)).toEqual(['Save sign-in, done', 'Start Gmail watch, working', 'First import, working'])
    expect(screen.getByText(saying('Connected as support@acme.com.'))).toBeInTheDocument()
    server.connections.set('c1', makeConnection({ id: 'c1' }))
    await expectState('connected')
    expect(onConnect).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 'c1' }), expect.objectContaining({ name: 'Support' }))
    expect(events.map(({ type }) => type)).toEqual(['oauth.opened', 'oauth.completed'])
  })

  it.each([
    ['support', 'Enter an address like support@acme.com.'],
    ['support@acme', 'Enter an address like support@acme.com.'],
    ['Support <support@acme.com>', 'Enter an address like support@acme.com.'],
  ])('is not started with %s as its address', async (mailbox, words) => {
    const { server } = show()
    await fill({ mailbox })
    await userEvent.click(await connectButton())
    expect(await screen.findByText(words)).toBeVisible()
    expect(screen.getByLabelText('Gmail address')).toHaveFocus()
    expect(screen.getByLabelText('Gmail address')).toHaveAccessibleDescription(expect.stringContaining(words))
    expect(popups).toEqual([])
    expect(server.calls.some(({ name }) => name === 'connections.connect')).toBe(false)
  })

  it('focuses the first of several wrong fields', async () => {
    show()
    await userEvent.click(await connectButton())
    await waitFor(() => expect(screen.getByLabelText('Name')).toHaveFocus())
    expect(screen.getByText('Enter a name with 1 to 80 characters, on one line.')).toBeVisible()
    expect(screen.getByText(saying('Enter an address like support@acme.com.'))).toBeVisible()
  })

  it('leads to the connection that has the mailbox already, and keeps what was typed', async () => {
    const { server, connection } = establish({})
    const onOpenExisting = vi.fn<(connection: ConnectionSummary) => void>()
    server.refuse('connect', new TenantryError('connection_exists', { field: 'mailbox', values: { name: 'Support' } }))
    show({ onOpenExisting }, server)
    await fill({ name: 'Second' })
    await userEvent.click(await connectButton())
    expect(await screen.findByText('This mailbox is already connected: Support.')).toBeVisible()
    expect(screen.getByLabelText('Name')).toHaveValue('Second')
    await userEvent.click(await screen.findByRole('button', { name: 'Open it' }))
    expect(onOpenExisting).toHaveBeenCalledExactlyOnceWith(connection)
  })

  it('keeps what the server refused when the field is left, and drops it when the field changes', async () => {
    const { server } = show()
    server.refuse('connect', new TenantryError('connection_exists', { field: 'mailbox', values: { name: 'Support' } }))
    await fill({ name: 'Second' })
    await userEvent.click(await connectButton())
    const mailbox = screen.getByLabelText('Gmail address')
    await waitFor(() => expect(mailbox).toHaveFocus())
    await userEvent.tab()
    await act(async () => new Promise((resolve) => setTimeout(resolve, 20)))
    expect(screen.getByText('This mailbox is already connected: Support.')).toBeVisible()
    await userEvent.type(mailbox, 'x')
    await waitFor(() => expect(screen.queryByText('This mailbox is already connected: Support.')).not.toBeInTheDocument())
  })

  it.each<[ErrorCode, Record<string, string>, string]>([
    [
      'account_mismatch',
      { expected: 'support@acme.com', actual: 'dana@acme.com' },
      'Expected support@acme.com, got dana@acme.com. Nothing was saved.',
    ],
    [
      'insufficient_scope',
      { scopes: 'https://www.googleapis.com/auth/gmail.readonly, gmail.modify' },
      'Not allowed: Read Gmail messages, gmail.modify. Nothing was saved.',
    ],
    ['needs_consent', {}, 'Google did not send a refresh token'],
    ['state_expired', {}, 'The sign-in took too long'],
    ['access_denied', {}, 'Access was not allowed'],
    ['app_secret_invalid', {}, 'Google rejected the client secret'],
  ])('says why the sign-in failed with %s, and starts again', async (code, values, words) => {
    const onError = vi.fn<(error: TenantryError) => void>()
    const { server } = show({ onError, onOpenSetup: () => {} })
    await startConnecting(server)
    server.finishFlow({ code, values })
    await comeBack()
    expect(await screen.findByText(words)).toBeVisible()
    expect(card()).toHaveAttribute('data-state', 'failed')
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code }))
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await expectState('waiting')
    expect(popups).toHaveLength(2)
  })

  it('offers this tab when the window was blocked', async () => {
    openWindow = () => null
    show()
    await fill()
    await userEvent.click(await connectButton())
    expect(await screen.findByText('Your browser blocked the Google window.')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Continue in this tab' })).toBeEnabled()
  })

  it('asks what Google showed when the window is gone, with the very redirect URI', async () => {
    const { server } = show({ onOpenSetup: () => {} })
    await startConnecting(server)
    const [popup] = popups
    if (popup) popup.closed = true
    await expectState('window-gone')
    expect(screen.getByText('The Google window closed before we heard back.')).toBeVisible()
    await userEvent.click(await screen.findByText('What did Google show?'))
    const group = screen.getByText('What did Google show?').closest('details')
    expect(group?.querySelectorAll('details')).toHaveLength(9)
    await userEvent.click(screen.getByText('Error 400: redirect_uri_mismatch'))
    expect(screen.getByText('https://app.example.com/api/auth/google/callback')).toBeVisible()
    const row = screen.getByText('Error 400: redirect_uri_mismatch').closest('details')
    if (row === null) throw new Error('no row')
    const href = 'https://console.cloud.google.com/auth/clients?project=473210987654'
    expect(within(row).getByRole('link', { name: /Open Clients/ })).toHaveAttribute('href', href)
  })

  it('gives the host its own fields and rules, before anything is opened', async () => {
    const onConnect = vi.fn<(connection: ConnectionSummary, values: GmailFormValues) => void>()
    const { server } = show({
      onConnect,
      extraSchema: z.looseObject({ board: z.string().check(z.minLength(2, 'Choose a board.')) }),
      extraFields: ({ control }) => (
        <Field label="Board">
          <TextInput {...control.register('board' as 'name')} />
        </Field>
      ),
    })
    await fill()
    await userEvent.click(await connectButton())
    await waitFor(() => expect(screen.getByLabelText('Board')).toHaveFocus())
    expect(popups).toEqual([])
    await userEvent.type(screen.getByLabelText('Board'), 'Tickets')
    await userEvent.click(await connectButton())
    await expectState('waiting')
    expect(server.calls.find(({ name }) => name === 'connections.connect')?.input).not.toHaveProperty('settings.board')
    server.finishFlow({})
    await comeBack()
    await waitFor(() => expect(onConnect).toHaveBeenCalledWith(expect.anything(), expect.objectContaining({ board: 'Tickets' })))
  })
})

describe('without a Google app', () => {
  it('leads an admin to the setup and disables the rest', async () => {
    const onOpenSetup = vi.fn<() => void>()
    show({ onOpenSetup }, createFakeServer({ ...configuredSetup, missingFor: { gmail: ['clientId'], calendar: [] } }))
    await expectState('not-configured')
    expect(await screen.findByLabelText('Gmail address')).toBeDisabled()
    expect(screen.getByRole('group')).toHaveAccessibleDescription(expect.stringContaining('Google is not set up yet'))
    await userEvent.click(screen.getByRole('button', { name: 'Open Google setup' }))
    expect(onOpenSetup).toHaveBeenCalledTimes(1)
    expect(screen.getByRole('button', { name: 'Connect with Google' })).toBeDisabled()
  })

  it('gives a member a link for an admin', async () => {
    const permissions = { save: false, test: false, reset: false }
    const setup = { ...configuredSetup, permissions, missingFor: { gmail: ['clientId' as const], calendar: [] } }
    show({ setupHref: '/settings/google' }, createFakeServer(setup))
    await expectState('no-permission')
    expect(await screen.findByText('Ask an admin to set up Google.')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Copy link to the setup' })).toBeEnabled()
    expect(screen.queryByRole('button', { name: 'Open Google setup' })).not.toBeInTheDocument()
  })

  it('lets the server decide where the person may not read the setup', async () => {
    const server = createFakeServer()
    server.refuse('status', new TenantryError('forbidden'))
    server.refuse('connect', new TenantryError('google_not_configured', { values: { missing: 'clientId' } }))
    show({}, server)
    await fill()
    await userEvent.click(await connectButton())
    await expectState('no-permission')
    expect(screen.getByLabelText('Name')).toHaveValue('Support')
  })

  it('never takes a server that is away for a missing setup', async () => {
    const server = createFakeServer()
    server.refuse('status', new TenantryError('unauthenticated'))
    show({}, server)
    await expectState('load-error')
    expect(await screen.findByText('You are signed out')).toBeVisible()
    expect(screen.queryByText('Google is not set up yet')).not.toBeInTheDocument()
    server.refuse('status', null)
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await expectState('new')
  })

  it('offers no second try at what is forbidden', async () => {
    const { server } = show()
    server.refuse('connect', new TenantryError('forbidden'))
    await fill()
    await userEvent.click(await connectButton())
    expect(await screen.findByText('You cannot do this')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument()
  })
})

describe('a connection', () => {
  it.each<[string, Partial<Health>, string[]]>([
    ['connected', {}, ['Connected', 'Instant']],
    [
      'connected-polling',
      { delivery: 'polling', deliveryReason: 'push_not_possible' },
      ['Checked every hour', 'Google cannot reach this address'],
    ],
    [
      'connected-warning',
      { status: 'degraded', delivery: 'polling', deliveryReason: 'pubsub_publisher_missing' },
      ['Connected, but new mail is not announced yet.', 'Needs attention soon'],
    ],
    ['needs-reauth', { status: 'needs_reauth', reason: 'grant_revoked' }, ['Reconnect support@acme.com', 'Reconnect needed']],
    ['blocked-by-app', { status: 'blocked_by_app', reason: 'app_secret_invalid' }, ['The Google app of your organization is broken.']],
    ['error', { status: 'error', reason: 'provider_unavailable', failures: 3 }, ['Google did not answer', 'Not working']],
    ['paused', { status: 'paused' }, ['Nothing is imported until you resume.']],
    ['disconnected', { status: 'disconnected' }, ['Helpdesk has no access any more. What was imported stays.']],
    ['unfinished', { status: 'connecting' }, ['The sign-in was not finished.']],
  ])('shows %s', async (state, health, texts) => {
    const { server, connection } = establish(health)
    show({ connection: connection.id, onOpenSetup: () => {} }, server)
    await expectState(state)
    for (const text of texts) expect((await screen.findAllByText(saying(new RegExp(text))))[0]).toBeVisible()
    const primaries = [...document.querySelectorAll('[data-variant="primary"]')]
    expect(primaries).toHaveLength(state.startsWith('connected') ? 0 : 1)
  })

  it.each(['provider_unavailable', 'throttled'] as const)(
    'blames Google, and sends nobody to the setup, while it is %s',
    async (reason) => {
      const { server, connection } = establish({ status: 'degraded', reason, nextAttemptAt: '2026-11-21T09:10:00.000Z' })
      show({ connection: connection.id, onOpenSetup: () => {} }, server)
      await expectState('connected-warning')
      expect(await screen.findByText(fillWords(failures[reason].title))).toBeVisible()
      expect(screen.getByText(/^It is tried again/)).toHaveTextContent('It is tried again in 10 minutes.')
      expect(screen.queryByText('Connected, but new mail is not announced yet.')).not.toBeInTheDocument()
      expect(screen.queryByRole('button', { name: 'Open Google setup' })).not.toBeInTheDocument()
    },
  )

  it('warns of the day on which Google’s Testing mode ends the sign-in', async () => {
    const { server, connection } = establish({ signInEndsAt: '2026-11-28T09:00:00.000Z' })
    show({ connection }, server)
    expect(await screen.findByText(/The sign-in ends/)).toHaveTextContent('Nov 28, 2026')
    expect(screen.getByText(/Usually because your Google app is in Testing/)).toBeVisible()
  })

  it('is renamed, and sends nothing but the name', async () => {
    const { server, connection } = establish({})
    const onSave = vi.fn<(connection: ConnectionSummary, values: GmailFormValues) => void>()
    show({ connection: connection.id, onSave }, server)
    const name = await screen.findByLabelText('Name')
    expect(screen.getByRole('button', { name: 'Save changes' })).toBeDisabled()
    await userEvent.clear(name)
    await userEvent.type(name, 'Help')
    expect(screen.getByText('You have unsaved changes')).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByText('Saved.')).toBeVisible()
    expect(server.calls.find(({ name: call }) => call === 'connections.update')?.input).toEqual({ id: 'c1', name: 'Help' })
    expect(onSave).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'Help' }), expect.anything())
  })

  it('keeps what is typed when its data is refreshed, and when a save fails', async () => {
    const { server, connection } = establish({})
    const { queryClient } = show({ connection: connection.id }, server)
    const name = await screen.findByLabelText('Name')
    await userEvent.clear(name)
    await userEvent.type(name, 'Help')
    server.connections.set('c1', makeConnection({ name: 'Changed elsewhere' }))
    await act(() => queryClient.invalidateQueries())
    expect(await screen.findByRole('heading', { name: 'Changed elsewhere' })).toBeVisible()
    expect(name).toHaveValue('Help')
    server.refuse('update', new TenantryError('network'))
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByText('No connection')).toBeVisible()
    expect(name).toHaveValue('Help')
  })

  it('takes over what changed elsewhere where nothing was typed', async () => {
    const { server, connection } = establish({})
    const { queryClient } = show({ connection: connection.id }, server)
    const name = await screen.findByLabelText('Name')
    server.connections.set('c1', makeConnection({ name: 'Changed elsewhere' }))
    await act(() => queryClient.invalidateQueries())
    await waitFor(() => expect(name).toHaveValue('Changed elsewhere'))
  })

  it('is reconnected as what it is', async () => {
    const { server, connection } = establish({ status: 'needs_reauth', reason: 'grant_revoked' })
    const { events } = show({ connection: connection.id }, server)
    await userEvent.click(await screen.findByRole('button', { name: 'Reconnect' }))
    await expectState('waiting')
    expect(server.calls.find(({ name }) => name === 'connections.reconnect')?.input).toEqual({ id: 'c1' })
    server.finishFlow({})
    await comeBack()
    await expectState('connected')
    expect(events.map(({ type }) => type)).toEqual(['connection.reconnect', 'oauth.opened', 'oauth.completed'])
  })

  it('is disconnected only after asking; the safe answer has the focus', async () => {
    const { server, connection } = establish({})
    const { events } = show({ connection: connection.id }, server)
    await userEvent.click(await screen.findByRole('button', { name: 'Disconnect' }))
    const dialog = await screen.findByRole('dialog', { name: 'Disconnect support@acme.com?' })
    expect(within(dialog).getByRole('button', { name: 'Keep connected' })).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
    expect(screen.getByRole('button', { name: 'Disconnect' })).toHaveFocus()
    expect(server.calls.some(({ name }) => name === 'connections.disconnect')).toBe(false)
    await userEvent.click(screen.getByRole('button', { name: 'Disconnect' }))
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Disconnect' }))
    await expectState('disconnected')
    expect(events.at(-1)).toMatchObject({ type: 'connection.disconnected', connectionId: 'c1' })
  })

  it('is resumed', async () => {
    const { server, connection } = establish({ status: 'paused' })
    show({ connection: connection.id }, server)
    await userEvent.click(await screen.findByRole('button', { name: 'Resume' }))
    await expectState('connected')
    expect(server.calls.find(({ name }) => name === 'connections.update')?.input).toEqual({ id: 'c1', paused: false })
  })

  it('offers only what the person may do', async () => {
    const permissions = { update: false, reconnect: false, disconnect: false, remove: false, sync: false, diagnose: false }
    const { server, connection } = establish({}, { permissions })
    show({ connection: connection.id }, server)
    await expectState('connected')
    expect(await screen.findByLabelText('Name')).toHaveAttribute('readonly')
    for (const name of ['Save changes', 'Reconnect', 'Disconnect']) expect(screen.queryByRole('button', { name })).not.toBeInTheDocument()
  })
})

describe('the page', () => {
  it('never holds the authorization address, its state, or anything like a token', async () => {
    const { server, events } = show()
    await startConnecting(server)
    const everything = document.documentElement.outerHTML + JSON.stringify(events) + JSON.stringify({ ...localStorage, ...sessionStorage })
    expect(everything).not.toContain('EXAMPLE_state')
    expect(everything).not.toContain('accounts.google.com')
  })

  it('is worked by keyboard alone', async () => {
    const { server } = show({ onCancel: () => {} })
    const name = await screen.findByLabelText('Name')
    await userEvent.tab()
    expect(name).toHaveFocus()
    await userEvent.keyboard('Support{Tab}support@acme.com')
    expect(screen.getByLabelText('Gmail address')).toHaveFocus()
    await userEvent.tab()
    expect(screen.getByRole('button', { name: 'Cancel' })).toHaveFocus()
    await userEvent.tab()
    await userEvent.keyboard('{Enter}')
    await expectState('waiting')
    expect(popups).toHaveLength(1)
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }))
    await expectState('new')
    expect(server.calls.filter(({ name: call }) => call === 'connections.connect')).toHaveLength(1)
  })

  it('picks up a sign-in that came back to this tab, and cleans the address', async () => {
    const { server } = establish({})
    await server.client.connections.connect({ provider: 'gmail', settings: { name: 'Support' } })
    server.finishFlow({ code: 'access_denied' })
    window.history.replaceState(null, '', '/settings?tn_for=gmail&tn_flow=flow-1&tn_outcome=connected')
    show({}, server)
    expect(await screen.findByText('Access was not allowed')).toBeVisible()
    expect(await screen.findByText('What did Google show?')).toBeVisible()
    expect(window.location.search).toBe('')
  })

  it('has no accessibility fault that can be found without pixels', { timeout: 20_000 }, async () => {
    const { server } = show({ onOpenSetup: () => {} })
    await startConnecting(server)
    const [popup] = popups
    if (popup) popup.closed = true
    await expectState('window-gone')
    await screen.findByText('What did Google show?')
    const { connection, server: other } = establish({ status: 'needs_reauth', reason: 'grant_revoked' })
    show({ connection: connection.id }, other)
    await screen.findByText(saying('Reconnect support@acme.com'))
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false }, 'color-contrast': { enabled: false } } })
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })

  it.each<[string, Partial<Health> | null]>([
    ['a new form', null],
    ['a connected mailbox', {}],
    ['an ended sign-in', { status: 'needs_reauth' }],
  ])('renders on a server: %s', (_, health) => {
    const server = createFakeServer()
    const props = health === null ? {} : { connection: makeConnection({ health: { ...healthy, ...health } }) }
    const renderPage = () =>
      renderToString(
        <TenantryProvider client={server.client} appName="Helpdesk">
          <GmailProviderForm {...props} />
        </TenantryProvider>,
      )
    const html = renderPage()
    expect(html).toContain('data-tn-part="gmail-provider-form"')
    expect(html).not.toContain('style=')
    expect(renderPage()).toBe(html)
  })
})
