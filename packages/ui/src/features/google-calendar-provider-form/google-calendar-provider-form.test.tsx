import type { ConnectionSummary, Health } from '@tenantry/sdk/wire'
import { act, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { configuredSetup, createFakeServer, healthy, makeConnection } from '../../data/oauth/testing/create-fake-server.ts'
import type { FakeServer } from '../../data/oauth/testing/create-fake-server.ts'
import { TenantryProvider } from '../../provider/index.ts'
import { GoogleCalendarProviderForm } from './index.ts'
import type { GoogleCalendarProviderFormProps } from './index.ts'

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

const makeCalendar = (health: Partial<Health> = {}): ConnectionSummary =>
  makeConnection({
    provider: 'google-calendar',
    name: 'On-call',
    address: 'dana@acme.com',
    settings: { calendarId: 'primary' },
    health: { ...healthy, ...health },
  })

const expectState = (state: string) =>
  waitFor(() => expect(document.querySelector('[data-tn-part="google-calendar-provider-form"]')).toHaveAttribute('data-state', state))

describe('a new calendar', () => {
  it('is connected as the main calendar of whoever signs in', async () => {
    const server = createFakeServer()
    render(page({}, server))
    await userEvent.type(await screen.findByLabelText('Name'), ' On-call ')
    expect(screen.getByText('Main calendar')).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Connect with Google' }))
    await expectState('waiting')
    expect(server.calls.find(({ name }) => name === 'connections.connect')?.input).toEqual({
      provider: 'google-calendar',
      settings: { name: 'On-call', calendarId: 'primary' },
    })
    server.finishFlow({})
    await act(async () => void window.dispatchEvent(new Event('focus')))
    await expectState('setting-up')
    expect(await screen.findByText(/Start calendar notifications/)).toBeVisible()
    expect(screen.getByText('Connected as dana@acme.com.')).toBeInTheDocument()
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
    ['error', { status: 'error', reason: 'calendar_not_found' }, 'The calendar does not exist'],
    ['needs-reauth', { status: 'needs_reauth', reason: 'grant_expired_testing_mode' }, 'Reconnect dana@acme.com'],
  ])('shows %s', async (state, health, words) => {
    const server = createFakeServer()
    server.connections.set('c1', makeCalendar(health))
    render(page({ connection: 'c1' }, server))
    await expectState(state)
    expect((await screen.findAllByText(words))[0]).toBeVisible()
  })

  it('renders on a server without style attributes', () => {
    const html = renderToString(page({ connection: makeCalendar() }, createFakeServer()))
    expect(html).toContain('On-call')
    expect(html).not.toContain('style=')
  })
})
