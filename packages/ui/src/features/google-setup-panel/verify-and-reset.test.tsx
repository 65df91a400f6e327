import { TenantryError } from '@tenantry/sdk/errors'
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { createFakeServer } from './testing/create-fake-client.ts'
import { configuredBundle, createConnection, createReport } from './testing/examples.ts'
import { openStep, renderPanel } from './testing/render-panel.tsx'
import { saying } from '../../testing/saying.ts'

const connections = () => [
  createConnection('Support', 'gmail'),
  createConnection('Sales', 'gmail'),
  createConnection('Ops', 'google-calendar'),
]
const ready = (more: Parameters<typeof createFakeServer>[0] = {}) => createFakeServer({ bundle: configuredBundle, version: 1, ...more })

describe('the checks', () => {
  it('are shown with words, both values, and what failed first', async () => {
    const report = createReport([
      { id: 'project_id', status: 'pass' },
      { id: 'redirect_uris', status: 'warn' },
      { id: 'watch', status: 'skip', blockedBy: 'sa_key' },
      {
        id: 'subscription',
        status: 'fail',
        code: 'pubsub_read_back_failed',
        expected: 'https://expected.example',
        actual: 'https://actual.example',
      },
    ])
    const { user, events } = await renderPanel(ready({ report }), { initialStep: 'verify', onConnectGmail: () => undefined })
    await user.click(await screen.findByRole('button', { name: 'Run checks' }, { timeout: 10_000 }))
    expect(await screen.findByText('1 thing to fix, 1 warning')).toBeInTheDocument()
    const rows = screen.getAllByRole('listitem').filter((item) => item.classList.contains('tn-check'))
    expect(rows[0]).toHaveTextContent('Push target and audience Failed')
    expect(within(rows[0] as HTMLElement).getByText('https://actual.example')).toBeInTheDocument()
    expect(screen.getByText('Not proven yet. It is checked at the first sign-in.')).toBeInTheDocument()
    expect(screen.getByText('Skipped: needs a working service account.')).toBeInTheDocument()
    expect(screen.getByText('1 passed')).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Connect Gmail' })).toBeInTheDocument()
    expect(screen.queryByText('Google is ready. Connect a mailbox or calendar.')).not.toBeInTheDocument()
    expect(screen.getByText('Needs attention')).toBeInTheDocument()
    expect(events.map((event) => event.type)).toEqual(expect.arrayContaining(['diagnostics.started', 'diagnostics.finished']))
  })

  it('set up notifications again when asked, then run anew', async () => {
    const server = ready({
      report: createReport([{ id: 'topic', status: 'fail', code: 'pubsub_topic_missing', fix: { id: 'provision', automatic: true } }]),
    })
    const { user } = await renderPanel(server, { initialStep: 'verify' })
    await user.click(await screen.findByRole('button', { name: 'Run checks' }))
    const fix = await screen.findByRole('button', { name: 'Set up notifications again: Topic' })
    server.report = createReport([{ id: 'topic', status: 'pass' }])
    await user.click(fix)
    expect(await screen.findByText('All good')).toBeInTheDocument()
  })

  it('lead to the step that holds what is wrong', async () => {
    const server = ready({
      report: createReport([
        { id: 'client_pair', status: 'fail', code: 'app_secret_invalid', fix: { id: 'open_setup', automatic: false } },
      ]),
    })
    const { user } = await renderPanel(server, { initialStep: 'verify' })
    await user.click(await screen.findByRole('button', { name: 'Run checks' }))
    await user.click(await screen.findByRole('button', { name: 'Change it in the setup: Client ID and secret' }))
    expect(screen.getByRole('button', { name: /Create the OAuth client/ })).toHaveAttribute('aria-expanded', 'true')
  })

  it('lead on to the first connection', async () => {
    const onConnectGmail = vi.fn<() => void>()
    const report = createReport([{ id: 'client_pair', status: 'pass' }])
    const { user } = await renderPanel(ready({ report }), { initialStep: 'verify', onConnectGmail, onConnectCalendar: () => undefined })
    await user.click(await screen.findByRole('button', { name: 'Run checks' }))
    expect(await screen.findByText('All good')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Connect Gmail' }))
    expect(onConnectGmail).toHaveBeenCalledOnce()
    expect(screen.getByRole('button', { name: 'Connect Google Calendar' })).toBeInTheDocument()
  })

  it('say when they could not run', async () => {
    const server = ready()
    server.fail.test = new TenantryError('unavailable', { values: { requestId: 'req-EXAMPLE-1' } })
    const onError = vi.fn<(error: unknown) => void>()
    const { user } = await renderPanel(server, { initialStep: 'verify', onError })
    await user.click(await screen.findByRole('button', { name: 'Run checks' }))
    expect(await screen.findByText('req-EXAMPLE-1')).toBeInTheDocument()
    expect(onError).toHaveBeenCalledWith({ code: 'unavailable', title: 'Temporarily unavailable', requestId: 'req-EXAMPLE-1' })
  })
})

describe('a reset', () => {
  it('disconnects and keeps the credentials unless told otherwise', async () => {
    const onReset = vi.fn<() => void>()
    const { server, user } = await renderPanel(ready({ connections: connections() }), { onReset })
    await user.click(screen.getByText('Reset Google', { selector: 'summary' }))
    await user.click(screen.getByRole('button', { name: 'Reset Google' }))
    await user.click(await screen.findByRole('button', { name: 'Disconnect 3 connections' }))
    expect(
      await screen.findByText(saying('3 disconnected. 1 could not be told to stop: Support. It stops by itself within 7 days.')),
    ).toBeInTheDocument()
    expect(screen.getByRole('dialog', { name: 'Disconnected' })).toBeInTheDocument()
    expect(server.bundle).toEqual(configuredBundle)
    expect(onReset).toHaveBeenCalledOnce()
  })

  it('deletes the credentials only after the typed word', async () => {
    const { server, user, events } = await renderPanel(ready({ connections: connections() }))
    await user.click(screen.getByText('Reset Google', { selector: 'summary' }))
    const opener = screen.getByRole('button', { name: 'Reset Google' })
    await user.click(opener)
    const dialog = within(await screen.findByRole('dialog'))
    await user.click(dialog.getByRole('radio', { name: 'Disconnect everything and delete the credentials' }))
    const confirm = dialog.getByRole('button', { name: 'Reset Google' })
    expect(confirm).toBeDisabled()
    await user.type(dialog.getByLabelText('Type RESET to confirm'), 'reset')
    expect(confirm).toBeDisabled()
    expect(dialog.getByText('Type RESET in capitals.')).toBeInTheDocument()
    await user.clear(dialog.getByLabelText('Type RESET to confirm'))
    await user.type(dialog.getByLabelText('Type RESET to confirm'), 'RESET')
    await user.click(confirm)
    expect(await screen.findByRole('dialog', { name: 'Google was reset' })).toBeInTheDocument()
    await user.click(await dialog.findByText('Close', { selector: 'button' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
    expect(server.bundle.clientSecret).toBeUndefined()
    expect(screen.getByText('Not set up')).toBeInTheDocument()
    expect(events.map((event) => event.type)).toContain('reset.confirmed')
  })

  it('keeps everything on Keep as is and on a failure', async () => {
    const server = ready({ connections: connections() })
    server.fail.reset = new TenantryError('network')
    const { user } = await renderPanel(server)
    await user.click(screen.getByText('Reset Google', { selector: 'summary' }))
    const opener = screen.getByRole('button', { name: 'Reset Google' })
    await user.click(opener)
    await user.click(await screen.findByRole('button', { name: 'Disconnect 3 connections' }))
    expect(await screen.findByText('No connection')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Keep as is' }))
    await waitFor(() => expect(opener).toHaveFocus())
    expect(server.bundle).toEqual(configuredBundle)
  })
})

describe('the 7-day trap', () => {
  it('is found in what Google told about a stored connection', async () => {
    const server = ready({
      bundle: { ...configuredBundle, userType: 'external' },
      connections: [createConnection('Support', 'gmail', '2026-11-27T08:00:00.000Z')],
    })
    const { user } = await renderPanel(server)
    await openStep(user, /Set up the sign-in screen, needs attention/)
    expect(await screen.findByText(saying(/Google told us the sign-in of Support ends on/))).toBeInTheDocument()
    expect(screen.getByText('Needs attention')).toBeInTheDocument()
  })
})
