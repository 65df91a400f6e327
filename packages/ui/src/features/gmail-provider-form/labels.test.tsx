import { QueryClient } from '@tanstack/react-query'
import { TenantryError } from '@tenantry/sdk/errors'
import type { ChoiceItem, ConnectionSummary } from '@tenantry/sdk/wire'
import { act, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { describe, expect, it, vi } from 'vitest'
import { createFakeServer, healthy, makeConnection } from '../../data/oauth/testing/create-fake-server.ts'
import type { FakeServer } from '../../data/oauth/testing/create-fake-server.ts'
import { TenantryProvider } from '../../provider/index.ts'
import { GmailProviderForm } from './index.ts'
import type { GmailProviderFormProps } from './index.ts'
import { saying } from '../../testing/saying.ts'

// Roles and names of a whole form are costly to find on a busy machine.
vi.setConfig({ testTimeout: 20_000 })

const none = { detail: null, color: null, access: null }
const system = (id: string): ChoiceItem => ({ id, name: id, kind: 'system', ...none })
const user = (id: string, name: string): ChoiceItem => ({ id, name, kind: 'user', ...none })

const few = [user('Label_2', 'Clients/Acme'), system('STARRED'), user('Label_1', 'Clients'), system('INBOX')]
const many = [...few, ...Array.from({ length: 20 }, (_, index) => user(`Label_${index + 10}`, `Project ${index + 1}`))]

function start(labels: readonly ChoiceItem[] = few, changes: Partial<ConnectionSummary> = {}) {
  const server = createFakeServer()
  server.choices = { labelIds: [...labels] }
  server.connections.set('c1', makeConnection(changes))
  return server
}

function show(server: FakeServer, props: GmailProviderFormProps = {}) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retryDelay: 1 } } })
  const { container } = render(
    <TenantryProvider client={server.client} appName="Helpdesk" queryClient={queryClient}>
      <GmailProviderForm connection="c1" {...props} />
    </TenantryProvider>,
  )
  return { container, queryClient }
}

const settings = (labelIds: string[], labelMode = 'include') => ({ settings: { mailbox: 'support@acme.com', labelIds, labelMode } })
const list = () => screen.findByRole('group', { name: /^Labels/ })
const names = async () =>
  within(await list())
    .getAllByRole('checkbox')
    .map((box) => box.closest('label')?.querySelector('.tn-choice-label')?.textContent)
const updates = (server: FakeServer) => server.calls.filter(({ name }) => name === 'connections.update').map(({ input }) => input)

describe('the labels of a connected mailbox', () => {
  it('are the real ones: Gmail’s own in words, the mailbox’s in their folders', async () => {
    show(start())
    expect(await names()).toEqual(['Inbox', 'Starred', 'Clients', 'Clients/Acme'])
    expect(screen.getByRole('checkbox', { name: 'Inbox' })).toBeChecked()
    expect(screen.getByRole('checkbox', { name: 'Clients/Acme' }).closest('[data-depth]')).toHaveAttribute('data-depth', '1')
    expect(screen.getByLabelText('Import mail that')).toHaveValue('include')
    expect(screen.queryByRole('searchbox')).not.toBeInTheDocument()
  })

  it('are saved with the rule, and nothing else', async () => {
    const server = start()
    show(server)
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Clients/Acme' }))
    await userEvent.click(screen.getByRole('checkbox', { name: 'Inbox' }))
    await userEvent.selectOptions(screen.getByLabelText('Import mail that'), 'exclude')
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByText('Saved.')).toBeInTheDocument()
    expect(updates(server)).toEqual([{ id: 'c1', settings: { labelIds: ['Label_2'], labelMode: 'exclude' } }])
    expect(screen.getByRole('checkbox', { name: 'Clients/Acme' })).toBeChecked()
  })

  it('count as unchanged when they are the same again', async () => {
    show(start(few, settings(['INBOX', 'STARRED'])))
    const inbox = await screen.findByRole('checkbox', { name: 'Inbox' })
    await userEvent.click(inbox)
    expect(screen.getByRole('button', { name: 'Save changes' })).toBeEnabled()
    await userEvent.click(inbox)
    expect(screen.getByRole('button', { name: 'Save changes' })).toBeDisabled()
  })

  it('cannot all be left out, except of what is not wanted', async () => {
    const server = start()
    show(server)
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Inbox' }))
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByText('Choose at least one label.')).toBeInTheDocument()
    expect(updates(server)).toEqual([])
    await userEvent.selectOptions(screen.getByLabelText('Import mail that'), 'exclude')
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }))
    await waitFor(() => expect(updates(server)).toEqual([{ id: 'c1', settings: { labelIds: [], labelMode: 'exclude' } }]))
  })

  it('are recognized by name until the server has looked them up', async () => {
    show(start(few, settings(['Clients/Acme'])))
    expect(await screen.findByRole('checkbox', { name: 'Clients/Acme' })).toBeChecked()
    expect(screen.queryByText(/no longer exists/)).not.toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Save changes' })).toBeDisabled()
  })

  it('of Gmail’s own are never missing, even where they are not offered', async () => {
    show(start(few, settings(['INBOX', 'UNREAD'])))
    expect(await screen.findByRole('checkbox', { name: 'Unread' })).toBeChecked()
    expect(screen.queryByText(/no longer exists/)).not.toBeInTheDocument()
  })

  it('keep what is ticked while the connection is read again', async () => {
    const server = start()
    const { queryClient } = show(server)
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Starred' }))
    server.connections.set('c1', makeConnection({ name: 'Support EU' }))
    await act(() => queryClient.invalidateQueries())
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Support EU' })).toBeInTheDocument())
    expect(screen.getByRole('checkbox', { name: 'Starred' })).toBeChecked()
  })
})

describe('a label that is gone', () => {
  it('is shown, and chosen again', async () => {
    const server = start(few, settings(['INBOX', 'Label_99']))
    show(server)
    expect(await screen.findByText('1 chosen label no longer exists.', { exact: false })).toBeInTheDocument()
    expect((await names())[0]).toBe('Label_99')
    expect(screen.getByText('No longer in the mailbox')).toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: 'Choose again' }))
    expect(screen.queryByText('No longer in the mailbox')).not.toBeInTheDocument()
    expect(await list()).toHaveFocus()
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }))
    await waitFor(() => expect(updates(server)).toEqual([{ id: 'c1', settings: { labelIds: ['INBOX'], labelMode: 'include' } }]))
  })

  it('is told at the field when the server finds out', async () => {
    const server = start()
    server.refuse('update', new TenantryError('unknown_label', { field: 'labelIds', values: { label: 'Clients' } }))
    show(server)
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Clients' }))
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByText('A label no longer exists. Choose the labels again.')).toBeInTheDocument()
    expect(await list()).toHaveFocus()
    expect(await list()).toHaveAccessibleDescription('A label no longer exists. Choose the labels again.')
    await userEvent.click(screen.getByRole('checkbox', { name: 'Clients' }))
    expect(screen.queryByText(/A label no longer exists/)).not.toBeInTheDocument()
  })
})

describe('many labels', () => {
  it('are searched, by their whole names', async () => {
    show(start(many))
    const search = await screen.findByRole('searchbox', { name: 'Search' })
    await userEvent.type(search, 'clients/')
    expect(await names()).toEqual(['Clients/Acme'])
    expect(screen.getByText('1 found')).toHaveAttribute('role', 'status')
    await userEvent.clear(search)
    await userEvent.type(search, 'zebra')
    expect(screen.getAllByText('Nothing found')).toHaveLength(2)
  })

  it('are in the order of their numbers', async () => {
    show(start(many))
    expect((await names()).slice(4, 8)).toEqual(['Project 1', 'Project 2', 'Project 3', 'Project 4'])
  })

  it('does not send the form on Enter in the search', async () => {
    const server = start(many)
    show(server)
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Starred' }))
    await userEvent.type(screen.getByRole('searchbox'), 'x{Enter}')
    expect(updates(server)).toEqual([])
  })
})

describe('labels that cannot be read', () => {
  it('can be asked for again', async () => {
    const server = start()
    server.refuse('choices', new TenantryError('provider_unavailable'))
    show(server)
    expect(await screen.findByText('Google did not answer')).toBeInTheDocument()
    server.refuse('choices', null)
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('checkbox', { name: 'Inbox' })).toBeChecked()
  })

  it('are said to be none where there are none', async () => {
    show(start([], settings([], 'exclude')))
    expect(await screen.findByText('No labels found')).toBeInTheDocument()
  })

  it.each([
    ['the sign-in has ended', {}, { health: { ...healthy, status: 'needs_reauth' as const } }],
    ['the person may not change them', {}, { permissions: { ...makeConnection().permissions, update: false } }],
    ['the host says so', { fields: { labels: 'readonly' as const } }, {}],
  ])('are facts where %s', async (_, props, changes) => {
    const server = start(few, changes)
    show(server, props)
    expect(await screen.findByText(saying('Mail that has these labels: Inbox'))).toBeInTheDocument()
    expect(server.calls.filter(({ name }) => name === 'connections.choices')).toEqual([])
  })
})

it('has no faults that axe finds', async () => {
  const { container } = show(start(many.slice(0, 12), settings(['INBOX', 'Label_99'])))
  await list()
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
})
