import { QueryClient } from '@tanstack/react-query'
import { TenantryError } from '@tenantry/sdk/errors'
import type { ChoiceItem, ConnectionSummary, Health } from '@tenantry/sdk/wire'
import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { describe, expect, it, vi } from 'vitest'
import { createFakeServer, healthy, makeConnection } from '../../data/oauth/testing/create-fake-server.ts'
import type { FakeServer } from '../../data/oauth/testing/create-fake-server.ts'
import { TenantryProvider } from '../../provider/index.ts'
import { GoogleCalendarProviderForm } from './index.ts'
import type { GoogleCalendarProviderFormProps } from './index.ts'
import { saying } from '../../testing/saying.ts'

// Roles and names of a whole form are costly to find on a busy machine.
vi.setConfig({ testTimeout: 20_000 })

const make = (id: string, name: string, more: Partial<ChoiceItem> = {}): ChoiceItem => ({
  id,
  name,
  kind: 'user',
  detail: 'Europe/Berlin',
  color: '#33b679',
  access: 'write',
  ...more,
})

const main = make('dana@acme.com', 'Dana', { kind: 'system' })
const team = make('team', 'Team')
const holidays = make('holidays', 'Holidays', { access: 'read' })
const board = make('board', 'Board', { access: 'busy', detail: null })
const calendars = [board, holidays, team, main]

type Changes = Partial<Omit<ConnectionSummary, 'health'>> & { health?: Partial<Health> }

function start(changes: Changes = {}, choices: readonly ChoiceItem[] = calendars) {
  const server = createFakeServer()
  server.choices = { calendarId: [...choices] }
  const { health, ...rest } = changes
  server.connections.set('c1', calendar({ ...rest, health: { ...healthy, ...health } }))
  return server
}

const calendar = (changes: Partial<ConnectionSummary>): ConnectionSummary =>
  makeConnection({
    provider: 'google-calendar',
    name: 'On-call',
    address: 'dana@acme.com',
    settings: { calendarId: 'team', direction: 'both', pastDays: 1 },
    ...changes,
  })

const unchosen: Changes = {
  settings: { calendarId: null, direction: 'both', pastDays: 1 },
  health: { status: 'error', reason: 'calendar_not_chosen', lastSyncAt: null, lastItemAt: null },
}

function show(server: FakeServer, props: GoogleCalendarProviderFormProps = {}) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retryDelay: 1 } } })
  const { container } = render(
    <TenantryProvider client={server.client} appName="Helpdesk" queryClient={queryClient}>
      <GoogleCalendarProviderForm connection="c1" {...props} />
    </TenantryProvider>,
  )
  return container
}

const radio = (name: string | RegExp) => screen.findByRole('radio', { name })
const save = (name = 'Save changes') => userEvent.click(screen.getByRole('button', { name }))
const inputsOf = (server: FakeServer, call: string) => server.calls.filter(({ name }) => name === call).map(({ input }) => input)
const updates = (server: FakeServer) => inputsOf(server, 'connections.update')

describe('the calendars of an account', () => {
  it('are a choice that says what may be done with each', async () => {
    show(start(unchosen))
    const list = await screen.findByRole('group', { name: 'Calendar' })
    const names = within(list)
      .getAllByRole('radio')
      .map((input) => input.closest('label')?.querySelector('bdi')?.textContent)
    expect(names).toEqual(['Dana', 'Team', 'Holidays', 'Board'])
    expect(await radio('Dana Main calendar')).toHaveAccessibleDescription('You can make changes · Europe/Berlin')
    expect(await radio('Holidays')).toHaveAccessibleDescription('You can only view · Europe/Berlin')
    expect(await radio('Board')).toBeDisabled()
    expect(await radio('Board')).toHaveAccessibleDescription('You only see when it is busy, so its events cannot be imported.')
  })

  it('start with the main one, and the choice is saved with what goes with it', async () => {
    const server = start(unchosen)
    show(server)
    expect(await radio('Dana Main calendar')).toBeChecked()
    await userEvent.click(await radio('Team'))
    await userEvent.click(await radio(/^Google to Helpdesk only/))
    await userEvent.clear(screen.getByLabelText('Past days'))
    await userEvent.type(screen.getByLabelText('Past days'), '30')
    expect(screen.getByText(/Import events from the last 30 days/)).toBeVisible()
    await save('Save')
    await waitFor(() =>
      expect(updates(server)).toEqual([{ id: 'c1', settings: { calendarId: 'team', direction: 'from_google', pastDays: 30 } }]),
    )
  })

  it('keep the person’s choice while the connection is read again', async () => {
    const server = start(unchosen)
    show(server)
    await userEvent.click(await radio('Team'))
    await save('Save')
    await waitFor(() => expect(updates(server)).toHaveLength(1))
    expect(await radio('Team')).toBeChecked()
  })

  it('leave out what another connection of the account has', async () => {
    const server = start(unchosen)
    server.connections.set('c2', calendar({ id: 'c2', name: 'Mine', settings: { calendarId: 'primary' } }))
    show(server)
    await waitFor(async () => expect(await radio('Dana Main calendar')).toHaveAccessibleDescription('Already connected: Mine.'))
    expect(await radio('Dana Main calendar')).toBeDisabled()
  })

  it('can be none', async () => {
    const server = start(unchosen, [])
    show(server)
    expect(await screen.findByText('No calendars found')).toBeVisible()
    expect(screen.getByRole('link', { name: /Open Google Calendar/ })).toHaveAttribute(
      'href',
      expect.stringMatching(/^https:\/\/calendar\.google\.com\//),
    )
    server.choices = { calendarId: [main] }
    await userEvent.click(screen.getByRole('button', { name: 'Look again' }))
    expect(await radio('Dana Main calendar')).toBeChecked()
  })

  it('can be none that is of use', async () => {
    show(start(unchosen, [board]))
    expect(await screen.findByText('None of these calendars can be connected.')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled()
  })

  it('can be asked for again when they could not be read', async () => {
    const server = start(unchosen)
    server.refuse('choices', new TenantryError('provider_unavailable'))
    show(server)
    expect(await screen.findByText('Google did not answer')).toBeInTheDocument()
    server.refuse('choices', null)
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await radio('Dana Main calendar')).toBeChecked()
  })

  it.each<[string, Changes]>([
    ['the sign-in has ended', { health: { status: 'needs_reauth' } }],
    ['the person may not change them', { permissions: { ...makeConnection().permissions, update: false } }],
  ])('are a fact where %s', async (_, changes) => {
    const server = start({ ...changes, settings: { calendarId: 'primary', direction: 'from_google', pastDays: 0 } })
    show(server)
    expect(await screen.findByText('Main calendar')).toBeVisible()
    expect(screen.getByText('Google to Helpdesk only')).toBeVisible()
    expect(screen.getByText(/Import no past events/)).toBeVisible()
    expect(inputsOf(server, 'connections.choices')).toEqual([])
  })
})

describe('a calendar that can only be viewed', () => {
  it('takes the direction that only reads, and gives the old one back', async () => {
    show(start(unchosen))
    await userEvent.click(await radio('Holidays'))
    expect(await radio(/^Google to Helpdesk only/)).toBeChecked()
    expect(await radio('Both ways')).toBeDisabled()
    expect(await radio('Both ways')).toHaveAccessibleDescription('You can only view this calendar.')
    await userEvent.click(await radio('Team'))
    expect(await radio('Both ways')).toBeChecked()
  })

  it('is no choice for a host that has to write', async () => {
    show(start(unchosen), { directions: writing })
    expect(await radio('Holidays')).toBeDisabled()
    expect(await radio('Holidays')).toHaveAccessibleDescription('You can only view this calendar.')
    expect(screen.queryByRole('radio', { name: /^Google to Helpdesk/ })).not.toBeInTheDocument()
  })

  it('is mended by saving what it allows', async () => {
    const server = start({
      settings: { calendarId: 'holidays', direction: 'both', pastDays: 1 },
      health: { status: 'degraded', reason: 'calendar_read_only' },
    })
    show(server)
    expect(await radio(/^Google to Helpdesk only/)).toBeChecked()
    await save()
    await waitFor(() => expect(updates(server)).toEqual([{ id: 'c1', settings: { direction: 'from_google' } }]))
  })
})

const writing = ['both', 'to_google'] as const
const oneWay = ['both'] as const

describe('the direction', () => {
  it('is not asked where there is one', async () => {
    show(start(), { directions: oneWay })
    await radio('Team')
    expect(screen.queryByRole('group', { name: 'Direction' })).not.toBeInTheDocument()
  })

  it('makes past days pointless where nothing is imported', async () => {
    show(start())
    await userEvent.click(await radio(/^Helpdesk to Google only/))
    expect(screen.queryByLabelText('Past days')).not.toBeInTheDocument()
  })
})

describe('past days', () => {
  it.each(['', '366', '-1', '1.5'])('cannot be %j', async (typed) => {
    const server = start()
    show(server)
    const days = await screen.findByLabelText('Past days')
    await userEvent.clear(days)
    if (typed !== '') await userEvent.type(days, typed)
    await save()
    expect(await screen.findByText('Enter a whole number from 0 to 365.')).toBeVisible()
    expect(days).toHaveAttribute('aria-invalid', 'true')
    expect(updates(server)).toEqual([])
  })
})

describe('another calendar in place of the one that was read', () => {
  it('is asked about first, and nothing happens on the safe answer', async () => {
    const server = start()
    show(server)
    await userEvent.click(await radio('Dana Main calendar'))
    await save()
    const dialog = await screen.findByRole('dialog', { name: 'Switch calendar?' })
    expect(dialog).toHaveTextContent('Events already copied to Team stay there.')
    expect(dialog).toHaveTextContent('What was imported from Team is taken out of Helpdesk again. Then Dana is imported from the start.')
    expect(screen.getByRole('button', { name: 'Keep the calendar' })).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
    expect(updates(server)).toEqual([])
    await save()
    await userEvent.click(await screen.findByRole('button', { name: 'Switch calendar' }))
    await waitFor(() => expect(updates(server)).toEqual([{ id: 'c1', settings: { calendarId: 'dana@acme.com' } }]))
  })

  it('says only what is true of the direction', async () => {
    show(start({ settings: { calendarId: 'team', direction: 'from_google', pastDays: 1 } }))
    await userEvent.click(await radio('Dana Main calendar'))
    await save()
    expect(await screen.findByRole('dialog')).not.toHaveTextContent('stay there')
  })

  it('takes the place of one that is gone', async () => {
    const server = start({
      settings: { calendarId: 'c_gone', direction: 'both', pastDays: 1 },
      health: { status: 'error', reason: 'calendar_not_found' },
    })
    show(server)
    expect(await radio('c_gone')).toBeDisabled()
    await userEvent.click(await radio('Team'))
    await save()
    expect(await screen.findByRole('dialog')).toHaveTextContent('What was imported from the previous calendar is taken out')
    await userEvent.click(screen.getByRole('button', { name: 'Switch calendar' }))
    await waitFor(() => expect(updates(server)).toEqual([{ id: 'c1', settings: { calendarId: 'team' } }]))
  })

  it('is not the main calendar under its other name', async () => {
    show(start({ settings: { calendarId: 'primary', direction: 'both', pastDays: 1 } }))
    const chosen = await radio('Dana Main calendar')
    expect(chosen).toBeChecked()
    await userEvent.click(chosen)
    expect(screen.getByRole('button', { name: 'Save changes' })).toBeDisabled()
  })

  it('is refused at the field', async () => {
    const server = start(unchosen)
    server.refuse('update', new TenantryError('calendar_not_readable', { field: 'calendarId' }))
    show(server)
    await radio('Dana Main calendar')
    await save('Save')
    expect(await screen.findByText(/This calendar only shows when it is busy/)).toBeVisible()
    expect(await radio('Dana Main calendar')).toHaveFocus()
  })
})

describe('one more calendar of the account', () => {
  const open = async () => userEvent.click(await screen.findByRole('button', { name: 'Connect another calendar of dana@acme.com' }))

  it('is connected without another sign-in', async () => {
    const server = start()
    const onConnect = vi.fn<NonNullable<GoogleCalendarProviderFormProps['onConnect']>>()
    show(server, { onConnect })
    await open()
    const dialog = within(await screen.findByRole('dialog', { name: 'Connect another calendar' }))
    expect(dialog.getByLabelText('Name')).toHaveFocus()
    expect(await dialog.findByRole('radio', { name: 'Team' })).toHaveAccessibleDescription('Already connected: On-call.')
    await userEvent.click(dialog.getByRole('button', { name: 'Connect calendar' }))
    expect(await dialog.findByText('Choose a calendar.')).toBeVisible()
    expect(dialog.getByText('Enter a name with 1 to 80 characters, on one line.')).toBeVisible()
    await userEvent.type(dialog.getByLabelText('Name'), 'Days off')
    await userEvent.click(dialog.getByRole('radio', { name: 'Holidays' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Connect calendar' }))
    expect(await screen.findByText(saying('Connected: Days off.'))).toBeVisible()
    const settings = { name: 'Days off', calendarId: 'holidays', direction: 'from_google', pastDays: 1 }
    expect(inputsOf(server, 'connections.connectAnother')).toEqual([{ id: 'c1', settings }])
    expect(onConnect).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 'c2', name: 'Days off' }), settings)
    expect(updates(server)).toEqual([])
  })

  it('says in the dialog why it could not be', async () => {
    const server = start()
    server.refuse('connectAnother', new TenantryError('connection_exists', { values: { name: 'Kim’s' } }))
    show(server)
    await open()
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.type(dialog.getByLabelText('Name'), 'Mine')
    await userEvent.click(await dialog.findByRole('radio', { name: 'Dana Main calendar' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Connect calendar' }))
    expect(await dialog.findByText(/in use by the connection Kim’s/)).toBeVisible()
  })

  it('is offered only where a sign-in works', async () => {
    show(start(unchosen))
    await radio('Team')
    expect(screen.queryByRole('button', { name: /Connect another calendar/ })).not.toBeInTheDocument()
  })
})

it('has no faults that axe finds', async () => {
  const container = show(start(unchosen))
  await radio('Team')
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
})
