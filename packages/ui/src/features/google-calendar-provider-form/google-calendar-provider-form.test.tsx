import type { ChoiceItem, ConnectionSummary, Health } from '@tenantry/sdk/wire'
import { act, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { configuredSetup, createFakeServer, healthy, makeConnection } from '../../data/oauth/testing/create-fake-server.ts'
import type { FakeServer } from '../../data/oauth/testing/create-fake-server.ts'
import { TenantryProvider } from '../../provider/index.ts'
import { GoogleCalendarProviderForm } from './index.ts'
import type { GoogleCalendarProviderFormProps } from './index.ts'
import { saying } from '../../testing/saying.ts'

const readNow = () => Date.parse('2026-11-21T09:00:00.000Z')

beforeEach(() => {
  const popup = { closed: false, location: '', document: { title: '', body: {} }, focus: vi.fn<() => void>(), close: vi.fn<() => void>() }
  vi.stubGlobal('open', () => popup)
})
afterEach(() => vi.unstubAllGlobals())

function page(props: GoogleCalendarProviderFormProps, server: FakeServer) {
  return (
    <TenantryProvider client={server.client} appName="Helpdesk" now={readNow}>
      <GoogleCalendarProviderForm {...props} />
    </TenantryProvider>
  )
}

const main: ChoiceItem = { id: 'primary', name: 'Dana', kind: 'system', detail: 'Europe/Berlin', color: '#7986cb', access: 'write' }
const mainAtOnce = { calendarId: 'primary', pastDays: 30 }
const onlyFrom = ['from_google'] as const

const makeCalendar = (health: Partial<Health> = {}): ConnectionSummary =>
  makeConnection({
    provider: 'google-calendar',
    name: 'On-call',
    address: 'dana@acme.com',
    settings: { calendarId: health.reason === 'calendar_not_chosen' ? null : 'primary' },
    health: { ...healthy, ...health },
  })

const expectState = (state: string) =>
  waitFor(() => expect(document.querySelector('[data-tn-part="google-calendar-provider-form"]')).toHaveAttribute('data-state', state))

describe('a new calendar', () => {
  it('is chosen after the sign-in, and starts when it is saved', async () => {
    const server = createFakeServer()
    server.choices = { calendarId: [{ ...main, id: 'dana@acme.com' }] }
    const onSave = vi.fn<NonNullable<GoogleCalendarProviderFormProps['onSave']>>()
    render(page({ onSave }, server))
    await userEvent.type(await screen.findByLabelText('Name'), ' On-call ')
    expect(screen.getByText('You choose it after you connect. Nothing is imported before.')).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Connect with Google' }))
    await expectState('waiting')
    expect(server.calls.find(({ name }) => name === 'connections.connect')?.input).toEqual({
      provider: 'google-calendar',
      settings: { name: 'On-call', calendarId: null, direction: 'both', pastDays: 1 },
    })
    server.finishFlow({})
    await act(async () => void window.dispatchEvent(new Event('focus')))
    await expectState('choosing')
    expect(screen.getByText(saying('Connected as dana@acme.com.'))).toBeInTheDocument()
    expect(await screen.findByRole('radio', { name: 'Dana Main calendar' })).toBeChecked()
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    await expectState('setting-up')
    expect(server.calls.find(({ name }) => name === 'connections.update')?.input).toEqual({
      id: 'c1',
      settings: { calendarId: 'dana@acme.com' },
    })
    expect(await screen.findByText(/Start calendar notifications/)).toBeVisible()
    expect(onSave).toHaveBeenCalledOnce()
  })

  it('is the main one at once where the host says so', async () => {
    const server = createFakeServer()
    render(page({ defaults: mainAtOnce, directions: onlyFrom }, server))
    await userEvent.type(await screen.findByLabelText('Name'), 'On-call')
    expect(screen.getByText('Main calendar')).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Connect with Google' }))
    await expectState('waiting')
    expect(server.calls.find(({ name }) => name === 'connections.connect')?.input).toEqual({
      provider: 'google-calendar',
      settings: { name: 'On-call', calendarId: 'primary', direction: 'from_google', pastDays: 30 },
    })
    server.finishFlow({})
    await act(async () => void window.dispatchEvent(new Event('focus')))
    await expectState('setting-up')
  })

  it('needs a name', async () => {
    const server = createFakeServer()
    render(page({}, server))
    await userEvent.click(await screen.findByRole('button', { name: 'Connect with Google' }))
    expect(await screen.findByText('Enter a name with 1 to 80 characters, on one line.')).toBeVisible()
    expect(server.flows.size).toBe(0)
  })

  it.each([
    ['the client of Gmail', configuredSetup, /Same client as Gmail/, '473210…apps.googleusercontent.com'],
    [
      'a client of its own',
      { ...configuredSetup, calendarMode: 'separate' as const, maskedCalendarClientId: '99…apps.googleusercontent.com' },
      /Calendar client/,
      '99…apps.googleusercontent.com',
    ],
  ])('says that it uses %s', async (_, setup, words, client) => {
    render(page({}, createFakeServer(setup)))
    expect(await screen.findByText(words)).toBeVisible()
    expect(screen.getByText(client)).toBeVisible()
  })

  it('waits for its own part of the setup only', async () => {
    const setup = { ...configuredSetup, missingFor: { gmail: ['serviceAccountKey' as const], calendar: [] } }
    render(page({}, createFakeServer(setup)))
    expect(await screen.findByLabelText('Name')).toBeEnabled()
    await expectState('new')
  })

  it('says when the account’s calendar is connected already', async () => {
    const server = createFakeServer()
    render(page({}, server))
    await userEvent.type(await screen.findByLabelText('Name'), 'On-call')
    await userEvent.click(screen.getByRole('button', { name: 'Connect with Google' }))
    await expectState('waiting')
    server.finishFlow({ code: 'connection_exists', values: { name: 'Dana' } })
    await act(async () => void window.dispatchEvent(new Event('focus')))
    expect(await screen.findByText('The account is in use by the connection Dana.')).toBeVisible()
  })
})

describe('a calendar connection', () => {
  it.each<[string, Partial<Health>, string]>([
    ['connected', {}, 'Changes arrive at once'],
    ['connected-polling', { delivery: 'polling', deliveryReason: 'push_not_supported' }, 'This calendar cannot announce changes'],
    [
      'connected-warning',
      { status: 'degraded', delivery: 'polling', deliveryReason: 'api_not_enabled', values: { api: 'Calendar API' } },
      'Connected, but calendar changes are not announced yet.',
    ],
    ['calendar-deleted', { status: 'error', reason: 'calendar_not_found' }, 'The calendar no longer exists in Google'],
    ['connected', { delivery: 'polling', deliveryReason: 'direction_to_google', lastSyncAt: null }, 'Nothing is imported'],
    ['choosing', { status: 'error', reason: 'calendar_not_chosen', lastSyncAt: null }, 'No calendar is chosen yet'],
    ['read-only-calendar', { status: 'degraded', reason: 'calendar_read_only' }, 'You can only view this calendar'],
    ['resync-running', { lastSyncAt: null }, 'Syncing again from the start'],
    ['needs-reauth', { status: 'needs_reauth', reason: 'grant_expired_testing_mode' }, 'Reconnect dana@acme.com'],
  ])('shows %s', async (state, health, words) => {
    const server = createFakeServer()
    server.connections.set('c1', makeCalendar(health))
    render(page({ connection: 'c1' }, server))
    await expectState(state)
    expect((await screen.findAllByText(saying(words)))[0]).toBeVisible()
  })

  it('renders on a server without style attributes', () => {
    const html = renderToString(page({ connection: makeCalendar() }, createFakeServer()))
    expect(html).toContain('On-call')
    expect(html).not.toContain('style=')
  })
})
