import { TenantryError } from '@tenantry/sdk/errors'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { createConnection, readOnlyPermissions } from '../../elements/connection-card/testing/create-connection.ts'
import { createFakeConnections } from '../../elements/connection-card/testing/create-fake-client.ts'
import type { FakeConnections } from '../../elements/connection-card/testing/create-fake-client.ts'
import { renderWithin } from '../../elements/connection-card/testing/render-within.tsx'
import { ConnectionList } from './index.ts'
import type { ConnectionListProps } from './index.ts'

const named = (name: string, health: Parameters<typeof createConnection>[0] = {}, more: Parameters<typeof createConnection>[1] = {}) =>
  createConnection(health, { id: name, name, address: `${name.toLowerCase()}@acme.test`, ...more })

const many = (count: number) => Array.from({ length: count }, (_, index) => named(`Box ${String(index + 1).padStart(3, '0')}`))

const mixed = [
  named('Support'),
  named('Archive', { status: 'disconnected' }),
  named('Sales', { status: 'needs_reauth', reason: 'grant_revoked' }),
  named('Billing', { status: 'paused' }),
]

async function renderList(
  connections: ConnectionSummary[],
  props: ConnectionListProps = {},
  more: Partial<FakeConnections> = {},
  provider: Parameters<typeof renderWithin>[2] = {},
) {
  const server = createFakeConnections(connections, more)
  const view = renderWithin(server, <ConnectionList {...props} />, provider)
  await waitFor(() => expect(view.container.querySelector('[aria-busy="true"], [data-state="loading"]')).toBeNull())
  const names = () => [...view.container.querySelectorAll('.tn-connection-name')].map((name) => name.textContent)
  return { server, names, ...view }
}

const stateOf = (container: HTMLElement) => container.querySelector('.tn-connection-list')?.getAttribute('data-state')

describe('ConnectionList', () => {
  it('shows what needs somebody first, under a head that counts', async () => {
    const { names, container } = await renderList(mixed)
    expect(screen.getByRole('region', { name: 'Connections' })).toBeVisible()
    expect(screen.getByText('4 connections: 1 working, 1 needs attention, 1 paused, 1 not connected')).toBeVisible()
    expect(names()).toEqual(['Sales', 'Billing', 'Support', 'Archive'])
    expect(stateOf(container)).toBe('ready')
    expect(screen.getAllByRole('article').map((entry) => entry.getAttribute('aria-labelledby'))).not.toContain(null)
    expect(screen.getByRole('heading', { level: 3, name: 'Sales' })).toBeVisible()
  })

  it('does not move what is on screen when it changes', async () => {
    const { names, server, queryClient } = await renderList(mixed)
    server.connections = server.connections.map((connection) =>
      connection.id === 'Support' ? named('Support', { status: 'needs_reauth' }) : connection,
    )
    await act(() => queryClient.invalidateQueries())
    expect(await screen.findByText('4 connections: 2 need attention, 1 paused, 1 not connected')).toBeVisible()
    expect(names()).toEqual(['Sales', 'Billing', 'Support', 'Archive'])
  })

  it('takes in what is new, and lets go of what is gone', async () => {
    const { names, server, queryClient } = await renderList(mixed)
    server.connections = [...mixed.slice(1), named('New', { status: 'error', reason: 'internal' })]
    await act(() => queryClient.invalidateQueries())
    await waitFor(() => expect(names()).toEqual(['Sales', 'New', 'Billing', 'Archive']))
  })

  it('sorts and filters as the host says', async () => {
    const { names } = await renderList(mixed, { sort: 'name', filter: { health: ['connected', 'paused', 'needs_reauth'] } })
    expect(names()).toEqual(['Billing', 'Sales', 'Support'])
    expect(screen.getByText('3 connections: 1 working, 1 needs attention, 1 paused')).toBeVisible()
  })

  it('renders only the entry that has changed', async () => {
    const drawn = vi.fn<() => null>(() => null)
    const { server, queryClient } = await renderList(mixed, { onAction: () => undefined }, {}, { icons: { mail: drawn } })
    drawn.mockClear()
    server.connections = server.connections.map((connection) => (connection.id === 'Billing' ? named('Billing') : connection))
    await act(() => queryClient.invalidateQueries())
    await waitFor(() => expect(screen.getAllByText('Connected')).toHaveLength(2))
    // Each entry draws one such icon, and the changed one may have been drawn more than once.
    expect(drawn.mock.calls.length).toBeLessThan(mixed.length)
  })

  it('adds what the host wants below each card', async () => {
    await renderList(mixed, { renderCardFooter: ({ name }) => <p>Queue of {name}</p> })
    expect(screen.getByText('Queue of Billing')).toBeVisible()
  })

  it('passes each entry’s actions to the host, with the newest callback', async () => {
    const first = vi.fn<NonNullable<ConnectionListProps['onOpen']>>()
    const second = vi.fn<NonNullable<ConnectionListProps['onOpen']>>()
    const { user, rerender } = await renderList(mixed, { onOpen: first })
    rerender(<ConnectionList onOpen={second} />)
    await user.click(screen.getByRole('button', { name: 'Actions for Billing' }))
    await user.click(screen.getByRole('menuitem', { name: 'Edit' }))
    expect(first).not.toHaveBeenCalled()
    expect(second).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 'Billing' }))
  })

  it('updates the head when something is paused', async () => {
    const { user } = await renderList([named('Support')])
    await user.click(screen.getByRole('button', { name: 'Actions for Support' }))
    await user.click(screen.getByRole('menuitem', { name: 'Pause' }))
    expect(await screen.findByText('1 connection: 1 paused')).toBeVisible()
  })

  it('gives the focus to its title when the focused entry is removed', async () => {
    const { user } = await renderList([named('Archive', { status: 'disconnected' })])
    await user.click(screen.getByRole('button', { name: 'Actions for Archive' }))
    await user.click(screen.getByRole('menuitem', { name: 'Remove' }))
    await user.click(await screen.findByRole('button', { name: 'Remove' }))
    expect(await screen.findByText('No connections yet')).toBeVisible()
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Connections' })).toHaveFocus())
  })
})

describe('a fault of the app', () => {
  const blocked = { status: 'blocked_by_app', reason: 'app_secret_invalid' } as const

  it('is said once, above, with how many it stops', async () => {
    const onOpenSetup = vi.fn<() => void>()
    const { container, user } = await renderList([named('A', blocked), named('B', blocked)], { onOpenSetup })
    expect(await screen.findByText('All 2 connections are affected.')).toBeVisible()
    expect(screen.getByText('The Google app of your organization is broken.')).toBeVisible()
    expect(container.querySelectorAll('.tn-callout')).toHaveLength(1)
    await user.click(await screen.findByRole('button', { name: 'Open Google setup' }))
    expect(onOpenSetup).toHaveBeenCalledOnce()
  })

  it('counts those that it stops among others', async () => {
    await renderList([named('A', blocked), named('B')])
    expect(await screen.findByText('1 connection is affected.')).toBeVisible()
  })

  it('of the host’s is none of the organization’s: it is said where it is', async () => {
    const hosts = {
      provider: 'microsoft-shared-mailbox',
      settings: { mailbox: 'sales@acme.test', send: 'graph', receive: 'delta', app: 'host' },
    }
    const { container } = await renderList([named('H', blocked, hosts), named('B')])
    expect(await screen.findByText('The Microsoft app of Helpdesk is broken.')).toBeVisible()
    expect(screen.queryByText(/affected/)).toBeNull()
    expect(container.querySelectorAll('.tn-callout')).toHaveLength(1)
  })

  it('is for an admin to mend', async () => {
    const app = { missingFor: { gmail: [], calendar: [] }, permissions: { save: false, test: false, reset: false } }
    await renderList([named('A', blocked)], { onOpenSetup: () => undefined }, { app })
    expect(await screen.findByText('Ask an admin to repair the Google setup.')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Open Google setup' })).toBeNull()
  })
})

describe('when there is nothing', () => {
  const missing: FakeConnections['app'] = {
    missingFor: { gmail: ['clientId'], calendar: ['clientId'] },
    permissions: { save: true, test: true, reset: true },
  }

  it('says so, with what to connect', async () => {
    const onAdd = vi.fn<(provider: string) => void>()
    const { user, container } = await renderList([], { onAdd })
    expect(stateOf(container)).toBe('empty')
    expect(screen.getByText('Connect a mailbox to bring mail into Helpdesk.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Connect Gmail' }))
    await user.click(screen.getByRole('button', { name: 'Connect Google Calendar' }))
    expect(onAdd.mock.calls).toEqual([['gmail'], ['google-calendar']])
  })

  it('leads to the setup when there is no app to connect with', async () => {
    const onOpenSetup = vi.fn<() => void>()
    const { user } = await renderList([], { onAdd: () => undefined, onOpenSetup }, { app: missing })
    await user.click(await screen.findByRole('button', { name: 'Open Google setup' }))
    expect(onOpenSetup).toHaveBeenCalledOnce()
    expect(screen.getByRole('button', { name: 'Connect Gmail' })).toBeDisabled()
    expect(screen.queryByText('No connections yet')).toBeNull()
  })

  it('takes the host’s own action in place of the buttons', async () => {
    await renderList([], { onAdd: () => undefined, emptyAction: <button type="button">Ask us</button> })
    expect(screen.getByRole('button', { name: 'Ask us' })).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Connect Gmail' })).toBeNull()
  })

  it('tells nothing from a filter that matches none, and takes that back', async () => {
    const onClearFilter = vi.fn<() => void>()
    const { user, container } = await renderList(mixed, { filter: { provider: ['other'] }, onClearFilter })
    expect(stateOf(container)).toBe('filtered-empty')
    expect(screen.getByText('No connections match.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Clear filter' }))
    expect(onClearFilter).toHaveBeenCalledOnce()
  })
})

describe('many', () => {
  it('come in pages of 25', async () => {
    const { names, container } = await renderList(many(60))
    expect(names()).toHaveLength(25)
    expect(container.querySelector('nav')).toHaveTextContent('1 to 25 of 60')
  })

  it('come in pages; another page gives the focus to the title', async () => {
    const { user, names } = await renderList(many(12), { pageSize: 5 })
    const pages = screen.getByRole('navigation', { name: 'Pages of connections' })
    expect(within(pages).getByRole('button', { name: 'Previous' })).toBeDisabled()
    await user.click(within(pages).getByRole('button', { name: 'Next' }))
    await user.click(within(pages).getByRole('button', { name: 'Next' }))
    expect(pages).toHaveTextContent('11 to 12 of 12')
    expect(names()).toEqual(['Box 011', 'Box 012'])
    expect(within(pages).getByRole('button', { name: 'Next' })).toBeDisabled()
    expect(screen.getByRole('heading', { name: 'Connections' })).toHaveFocus()
  })

  it('can be searched and narrowed, which begins at the first page, and cleared', async () => {
    const { user, names } = await renderList([...many(12), named('Lost', { status: 'needs_reauth' })], { pageSize: 5 })
    await user.click(screen.getByText('Next'))
    await user.type(screen.getByLabelText('Search by name or address'), 'BOX 00')
    expect(names()).toEqual(['Box 001', 'Box 002', 'Box 003', 'Box 004', 'Box 005'])
    await user.selectOptions(screen.getByLabelText('Show'), 'Needs attention')
    expect(names()).toEqual([])
    await user.click(screen.getByText('Clear filter'))
    expect(names()).toHaveLength(5)
    expect(names()[0]).toBe('Lost')
  })

  it('few can be found at a glance', async () => {
    await renderList(many(8))
    expect(screen.queryByRole('searchbox')).toBeNull()
    expect(screen.queryByRole('navigation')).toBeNull()
  })
})

describe('as a table', () => {
  it('says what Google has still to be told, and who ended what', async () => {
    const goodbye = { pending: 1, givenUp: 0, since: '2026-11-21T09:00:00Z', nextAttemptAt: '2026-11-21T14:20:00Z', code: null }
    const ended = [
      named('Archive', { status: 'disconnected', reason: 'provider_unavailable' }, { goodbye }),
      named('Sales', { status: 'disconnected', reason: 'google_reset' }),
      named('Old', { status: 'disconnected' }),
    ]
    await renderList(ended, { view: 'table' })
    const row = (name: RegExp) => screen.getByRole('row', { name })
    await waitFor(() => expect(row(/Archive/)).toHaveTextContent('Google has not confirmed yet. Trying again at 2:20 PM.'))
    expect(row(/Sales/)).toHaveTextContent('An admin reset Google')
    expect(within(row(/Sales/)).getByRole('button', { name: 'Reconnect' })).toBeVisible()
    expect(row(/Old/)).not.toHaveTextContent('Google')
  })

  it('says the same in rows, with the way out in each', async () => {
    const { user, container } = await renderList(mixed, { view: 'table' })
    const table = screen.getByRole('table', { name: 'Connections' })
    expect(
      within(table)
        .getAllByRole('rowheader')
        .map((header) => header.textContent),
    ).toEqual(['Salessales@acme.test', 'Billingbilling@acme.test', 'Supportsupport@acme.test', 'Archivearchive@acme.test'])
    expect(within(table).getByText('Google ended this connection')).toBeVisible()
    await user.click(within(table).getByRole('button', { name: 'Resume' }))
    expect(await within(table).findByText('Resumed.')).toBeVisible()
    expect(container.querySelector('article')).toBeNull()
  })
})

describe('reading the list', () => {
  it('keeps its place while it loads', () => {
    const server = createFakeConnections(mixed, { gate: new Promise(() => undefined) })
    const { container } = renderWithin(server, <ConnectionList onAdd={() => undefined} />)
    expect(stateOf(container)).toBe('loading')
    expect(container.querySelectorAll('.tn-connection-entry')).toHaveLength(3)
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('says why it cannot be read, and reads it on request', async () => {
    const { server, user, container } = await renderList(mixed, {}, { fail: { list: new TenantryError('unavailable') } })
    expect(await screen.findByRole('alert')).toBeVisible()
    expect(stateOf(container)).toBe('error')
    server.fail = {}
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('heading', { name: 'Sales' })).toBeVisible()
  })

  it('keeps what it has, with a word, when it cannot be refreshed', async () => {
    const { server, queryClient, container } = await renderList(mixed)
    server.fail = { list: new TenantryError('network') }
    await act(() => queryClient.refetchQueries({ queryKey: ['tenantry', 'acme', 'connections'] }))
    expect(await screen.findByText(/Updated/)).toHaveTextContent('Updated now. Could not refresh.')
    expect(stateOf(container)).toBe('stale')
    expect(screen.getByRole('heading', { name: 'Sales' })).toBeVisible()
  })

  it('says to a member that it is to look at', async () => {
    const { container } = await renderList([named('Support', {}, { permissions: readOnlyPermissions })])
    expect(screen.getByText('You can look at these connections. Ask an admin to change them.')).toBeVisible()
    expect(container.querySelectorAll('button')).toHaveLength(0)
  })
})
