import { TenantryError } from '@tenantry/sdk/errors'
import type { GoogleGoodbye } from '@tenantry/sdk/wire'
import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createFakeServer } from './testing/create-fake-client.ts'
import type { FakeServer } from './testing/create-fake-client.ts'
import { configuredBundle, createConnection } from './testing/examples.ts'
import { renderPanel } from './testing/render-panel.tsx'
import { saying } from '../../testing/saying.ts'

const now = () => Date.parse('2026-11-21T08:00:00.000Z')
const connections = () => [
  createConnection('Support', 'gmail'),
  createConnection('Sales', 'gmail'),
  createConnection('Ops', 'google-calendar'),
]
const ready = (more: Parameters<typeof createFakeServer>[0] = {}) =>
  createFakeServer({ bundle: configuredBundle, version: 1, connections: connections(), ...more })

const pending = (name: string, nextAttemptAt: string | null = '2026-11-21T14:20:00.000Z') =>
  ({ connectionId: `connection-${name}`, name, code: 'provider_unavailable', nextAttemptAt }) as const
const givenUp = (name: string) => ({ connectionId: `connection-${name}`, name, code: null })
const told = (goodbye: Partial<GoogleGoodbye> = {}): GoogleGoodbye => ({ total: 9, done: 9, pending: [], givenUp: [], ...goodbye })

const render = (server: FakeServer) => renderPanel(server, {}, { now, timeZone: 'UTC' })

async function startReset(server: FakeServer) {
  const rendered = await render(server)
  const { user } = rendered
  await user.click(screen.getByText('Reset Google', { selector: 'summary' }))
  await user.click(screen.getByRole('button', { name: 'Reset Google' }))
  await user.click(await screen.findByRole('button', { name: 'Disconnect 3 connections' }))
  return rendered
}

function setVisibility(state: DocumentVisibilityState) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  window.dispatchEvent(new Event('visibilitychange'))
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('a reset that Google does not confirm at once', () => {
  it('says who could not be told, when it is tried again, and why', async () => {
    await startReset(ready())
    const dialog = within(await screen.findByRole('dialog', { name: 'Disconnected' }))
    expect(
      dialog.getByText(saying('3 disconnected. 1 could not be told to stop: Support. It stops by itself within 7 days.')),
    ).toBeVisible()
    expect(dialog.getByRole('progressbar', { name: '2 of 3 told' })).toBeInTheDocument()
    expect(dialog.getByRole('listitem')).toHaveTextContent(/^Support, waiting.*Trying again at 8:01 AM\.$/)
    expect(dialog.getByRole('status')).toHaveTextContent('2 of 3 told')
    expect(dialog.getByText('Close')).toHaveFocus()
  })

  it('goes on in the panel when the dialog is closed, and in the dialog when it is opened again', async () => {
    const { user } = await startReset(ready())
    await screen.findByRole('dialog', { name: 'Disconnected' })
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
    expect(await screen.findByText('Google is being told what has ended: 2 of 3 told.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Show details' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Telling Google what has ended' }))
    expect(dialog.getByRole('progressbar', { name: '2 of 3 told' })).toBeInTheDocument()
    await user.click(dialog.getByText('Close'))
    await waitFor(() => expect(screen.getByRole('button', { name: 'Show details' })).toHaveFocus())
  })

  it('leaves the focus in the panel when the button that opened the dialog is gone', async () => {
    const { user } = await render(ready())
    await user.click(screen.getByText('Reset Google', { selector: 'summary' }))
    await user.click(screen.getByRole('button', { name: 'Reset Google' }))
    const dialog = within(await screen.findByRole('dialog'))
    await user.click(dialog.getByRole('radio', { name: 'Disconnect everything and delete the credentials' }))
    await user.type(dialog.getByLabelText('Type RESET to confirm'), 'RESET')
    await user.click(dialog.getByRole('button', { name: 'Reset Google' }))
    await screen.findByRole('dialog', { name: 'Google was reset' })
    await user.click(dialog.getByText('Close'))
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
    await waitFor(() => expect(document.body).not.toHaveFocus())
  })

  it('does not close while it runs', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const server = ready()
    const { reset } = server.client.google
    let answer = () => {}
    const gate = new Promise<void>((resolve) => (answer = resolve))
    server.client.google.reset = async (input) => {
      await gate
      return reset(input)
    }
    const { user } = await startReset(server)
    expect(await screen.findByText('Disconnecting and telling Google to stop.')).toBeInTheDocument()
    await user.keyboard('{Escape}')
    expect(screen.getByRole('dialog')).toBeInTheDocument()
    // What the polls read meanwhile is shown, and the button keeps its words.
    server.connections = []
    server.goodbye = told({ total: 3, done: 1, pending: [pending('Support', null)] })
    await vi.advanceTimersByTimeAsync(2_100)
    expect(await screen.findByRole('progressbar', { name: '1 of 3 told' })).toBeInTheDocument()
    expect(screen.getByText('Disconnect 3 connections')).toBeInTheDocument()
    answer()
    expect(await screen.findByRole('dialog', { name: 'Disconnected' })).toBeInTheDocument()
  })

  it('shows nothing of a reset that failed', async () => {
    const server = ready()
    server.fail.reset = new TenantryError('network')
    const { user } = await startReset(server)
    expect(await screen.findByText('No connection')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Keep as is' }))
    expect(screen.queryByText(/told/)).not.toBeInTheDocument()
  })
})

describe('how far Google was told', () => {
  it('is read every two seconds until all is told', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const server = ready({ goodbye: told({ done: 7, pending: [pending('Support'), pending('Sales')] }) })
    await render(server)
    expect(await screen.findByText('Google is being told what has ended: 7 of 9 told.')).toBeVisible()
    server.goodbye = told({ done: 8, pending: [pending('Sales')] })
    await vi.advanceTimersByTimeAsync(2_100)
    expect(await screen.findByText('Google is being told what has ended: 8 of 9 told.')).toBeVisible()
    server.goodbye = told()
    await vi.advanceTimersByTimeAsync(2_100)
    expect(await screen.findByText('Google was told what has ended: 9 of 9.')).toBeVisible()
    const before = server.calls['status']
    await vi.advanceTimersByTimeAsync(10_000)
    expect(server.calls['status']).toBe(before)
  })

  it('is not read while the page is hidden, nor after the panel has gone', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const server = ready({ goodbye: told({ done: 8, pending: [pending('Support')] }) })
    const { unmount } = await render(server)
    setVisibility('hidden')
    const before = server.calls['status']
    await vi.advanceTimersByTimeAsync(10_000)
    expect(server.calls['status']).toBe(before)
    setVisibility('visible')
    await vi.advanceTimersByTimeAsync(2_100)
    const later = server.calls['status'] ?? 0
    expect(later).toBeGreaterThan(before ?? 0)
    unmount()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(server.calls['status']).toBe(later)
  })

  it('is silent where all was told before', async () => {
    await render(ready({ goodbye: told() }))
    expect(screen.queryByText(/told what has ended/)).not.toBeInTheDocument()
  })

  it('names what was given up, and what ends by itself', async () => {
    const project = { connectionId: null, name: 'acme-mail', code: 'pubsub_forbidden' } as const
    const { user } = await render(ready({ goodbye: told({ done: 7, givenUp: [givenUp('Support'), project] }) }))
    expect(await screen.findByText('Google could not be told of everything: 7 of 9 told.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Show details' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'What Google was told' }))
    const rows = dialog.getAllByRole('listitem').map((row) => row.textContent)
    expect(rows[0]).toMatch(/Support.*given up.*It stops by itself within 7 days\./)
    expect(rows[1]).toMatch(/Google Cloud project acme-mail.*Delete them in Google Cloud by hand\./)
    expect(dialog.getByText(saying(/1 could not be told to stop: Support\. It stops by itself/))).toBeVisible()
    expect(dialog.getByText(saying(/What was set up in the Google Cloud project acme-mail could not be deleted\./))).toBeVisible()
  })

  it('names the projects that the app has left', async () => {
    const left = (name: string) => ({ connectionId: null, name, code: 'key_rejected', nextAttemptAt: '2026-11-21T14:20:00.000Z' }) as const
    const { user } = await render(ready({ goodbye: told({ total: 2, done: 0, pending: [left('acme-mail'), left('acme-old')] }) }))
    expect(await screen.findByText('Google is being told what has ended: 0 of 2 told.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Show details' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Telling Google what has ended' }))
    expect(
      dialog.getByText(saying(/^\s*What was set up in the Google Cloud projects acme-mail and acme-old could not be deleted\.$/)),
    ).toBeVisible()
    expect(dialog.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
      expect.stringMatching(/^Topic and subscription in the Google Cloud project acme-mail, waiting/),
      expect.stringMatching(/^Topic and subscription in the Google Cloud project acme-old, waiting/),
    ])
  })

  it('counts what it does not list', async () => {
    const many = Array.from({ length: 300 }, (_, index) => pending(`Box ${index + 1}`))
    const { user } = await render(ready({ goodbye: told({ total: 400, done: 100, pending: many }) }))
    await user.click(await screen.findByRole('button', { name: 'Show details' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(dialog.getByText(saying(/300 could not be told to stop: Box 1, Box 2, Box 3, and 297 more\./))).toBeVisible()
    expect(dialog.getAllByRole('listitem')).toHaveLength(8)
    expect(dialog.getByText('And 292 more.')).toBeVisible()
    expect(dialog.getByRole('progressbar', { name: '100 of 400 told' })).toBeInTheDocument()
  })

  it('is tried again in a moment where the time has come', async () => {
    const goodbye = told({ done: 8, pending: [{ ...pending('Support', '2026-11-21T07:59:00.000Z'), code: null }] })
    const { user } = await render(ready({ goodbye }))
    await user.click(await screen.findByRole('button', { name: 'Show details' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(dialog.getByText('Google is being told what has ended.')).toBeVisible()
    expect(dialog.getByRole('listitem')).toHaveTextContent('Trying again in a moment.')
  })
})
