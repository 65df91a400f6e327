import { TenantryError } from '@tenantry/sdk/errors'
import { emptyGoogleBundle } from '@tenantry/sdk/model'
import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { createFakeServer } from './testing/create-fake-client.ts'
import { configuredBundle, createConnection, exampleClientId, exampleProject, exampleSecret } from './testing/examples.ts'
import { everythingKept, fill, openStep, renderPanel } from './testing/render-panel.tsx'
import { saying } from '../../testing/saying.ts'

const projectSaved = { bundle: { ...emptyGoogleBundle, projectId: exampleProject }, version: 1 }
const configured = () => ({ bundle: configuredBundle, version: 4 })
const save = () => screen.getByRole('button', { name: 'Save' })

describe('saving', () => {
  it('sends only what was changed, with the version that was read', async () => {
    const { server, user } = await renderPanel(createFakeServer())
    await fill(user, screen.getByLabelText('Project ID'), exampleProject)
    await user.click(save())
    await screen.findByText('Saved.', { selector: '.tn-card-note' })
    expect(server.saves).toEqual([{ ifVersion: null, projectId: { action: 'replace', value: exampleProject } }])
  })

  it('sends nothing for secrets when another field is saved', async () => {
    const { server, user } = await renderPanel(createFakeServer(configured()))
    await openStep(user, /Set up the sign-in screen/)
    await user.click(await screen.findByRole('radio', { name: /External/ }))
    await user.click(save())
    await waitFor(() => expect(server.saves).toEqual([{ ifVersion: 'v4', userType: 'external' }]))
    expect(server.bundle.clientSecret).toBe(exampleSecret)
  })

  it('leaves no secret in the page, the cache or an event once it is saved', async () => {
    const { server, user, events, queryClient, container } = await renderPanel(createFakeServer(projectSaved))
    await openStep(user, /Create the OAuth client/)
    await fill(user, await screen.findByLabelText('Client ID'), exampleClientId)
    await fill(user, screen.getByLabelText('Client secret'), exampleSecret)
    await user.click(save())
    await screen.findByText('Saved.', { selector: '.tn-card-note' })
    expect(server.saves[0]).toMatchObject({ clientSecret: { action: 'replace', value: exampleSecret } })
    expect(everythingKept({ queryClient, events, container })).not.toContain(exampleSecret)
    expect(screen.getByText(/Saved, fingerprint/)).toBeInTheDocument()
    expect(events.map((event) => event.type)).toContain('setup.saved')
  })

  it('keeps a refused secret out of the cache and the events, and in its field', async () => {
    const server = createFakeServer(projectSaved)
    server.fail.save = new TenantryError('network')
    const { user, events, queryClient } = await renderPanel(server)
    await openStep(user, /Create the OAuth client/)
    await fill(user, await screen.findByLabelText('Client ID'), exampleClientId)
    await fill(user, screen.getByLabelText('Client secret'), exampleSecret)
    await user.click(save())
    expect(await screen.findByText('No connection')).toBeInTheDocument()
    expect(screen.getByLabelText('Client secret')).toHaveValue(exampleSecret)
    expect(everythingKept({ queryClient, events })).not.toContain(exampleSecret)
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByText('Saved.', { selector: '.tn-card-note' })
  })

  it('puts a refusal of the server at its field, keeps the text and moves the focus there', async () => {
    const server = createFakeServer(projectSaved)
    server.fail.save = new TenantryError('invalid_input', { fields: [{ field: 'clientId', code: 'client_id_invalid' }] })
    const { user } = await renderPanel(server)
    await openStep(user, /Create the OAuth client/)
    await fill(user, await screen.findByLabelText('Client ID'), exampleClientId)
    await fill(user, screen.getByLabelText('Client secret'), exampleSecret)
    await openStep(user, /Choose a Google Cloud project/)
    await user.click(save())
    const field = screen.getByLabelText('Client ID')
    await waitFor(() => expect(field).toHaveFocus())
    expect(field).toHaveValue(exampleClientId)
    expect(field).toHaveAccessibleDescription('A client ID ends with .apps.googleusercontent.com.')
    expect(screen.getByLabelText('Client secret')).toHaveValue(exampleSecret)
  })

  it('opens the step of the first invalid field and sends nothing', async () => {
    const { server, user } = await renderPanel(createFakeServer())
    await fill(user, screen.getByLabelText('Project ID'), '123456789012')
    await openStep(user, /Create the OAuth client/)
    await user.click(save())
    await waitFor(() => expect(screen.getByLabelText('Project ID')).toHaveFocus())
    expect(server.saves).toEqual([])
    expect(screen.getByText('Nothing was saved. Correct the marked fields.')).toBeInTheDocument()
  })

  it('keeps typed text through a conflict and names who was faster', async () => {
    const server = createFakeServer(configured())
    const { user } = await renderPanel(server)
    await openStep(user, /Choose a Google Cloud project/)
    const field = screen.getByLabelText('Project ID')
    await fill(user, field, 'acme-other-1')
    server.version = 9
    await user.click(save())
    expect(await screen.findByText(saying(/Dana changed these settings/))).toBeInTheDocument()
    expect(field).toHaveValue('acme-other-1')
    await user.click(screen.getByRole('button', { name: 'Keep my text' }))
    await waitFor(() => expect(screen.queryByText(saying(/Dana changed these settings/))).not.toBeInTheDocument())
    expect(field).toHaveValue('acme-other-1')
    await user.click(save())
    await waitFor(() => expect(server.saves.at(-1)).toEqual({ ifVersion: 'v9', projectId: { action: 'replace', value: 'acme-other-1' } }))
  })

  it('shows the other text when the person reloads after a conflict', async () => {
    const server = createFakeServer(configured())
    const { user } = await renderPanel(server)
    await openStep(user, /Choose a Google Cloud project/)
    await fill(user, screen.getByLabelText('Project ID'), 'acme-mine-1')
    server.version = 9
    server.bundle = { ...configuredBundle, projectId: 'acme-by-dana' }
    await user.click(save())
    await user.click(await screen.findByRole('button', { name: 'Reload' }))
    await waitFor(() => expect(screen.getByLabelText('Project ID')).toHaveValue('acme-by-dana'))
  })

  it('says who has to reconnect when the app was replaced under live connections', async () => {
    const server = createFakeServer({
      ...configured(),
      connections: [createConnection('Support', 'gmail'), createConnection('Ops', 'gmail')],
    })
    const onShowConnections = vi.fn<() => void>()
    const { user } = await renderPanel(server, { onShowConnections })
    await openStep(user, /Create the OAuth client/)
    await user.click(await screen.findByRole('button', { name: 'Replace Client ID' }))
    await fill(user, screen.getByLabelText('Client ID'), exampleClientId.replace('1234', '9999'))
    await user.click(save())
    const hint = await screen.findByText('Saved. Reconnect each mailbox and calendar so they use the new app.', {
      selector: '.tn-callout-title',
    })
    expect(within(hint.closest('.tn-callout') as HTMLElement).getByText('2 connections')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Show connections' }))
    expect(onShowConnections).toHaveBeenCalledOnce()
  })

  it('calls back once when everything is there for the first time', async () => {
    const { serviceAccountKey: _, ...bundle } = configuredBundle
    const onConfigured = vi.fn<() => void>()
    const { user } = await renderPanel(createFakeServer({ bundle, version: 1 }), { onConfigured, initialStep: 'notifications' })
    await user.click(await screen.findByRole('radio', { name: /Check for mail every 5 minutes/ }))
    await user.click(save())
    await waitFor(() => expect(onConfigured).toHaveBeenCalledOnce())
    expect(await screen.findByText('Ready')).toBeInTheDocument()
  })
})

describe('a refetch', () => {
  it('closes no step and resets no typed text', async () => {
    const server = createFakeServer(projectSaved)
    const { user, queryClient } = await renderPanel(server, { initialStep: 'client' })
    await fill(user, await screen.findByLabelText('Client ID'), exampleClientId)
    await fill(user, screen.getByLabelText('Client secret'), exampleSecret)
    server.version = 2
    server.bundle = { ...server.bundle, userType: 'internal' }
    await act(() => queryClient.refetchQueries())
    expect(screen.getByRole('button', { name: /Create the OAuth client/ })).toHaveAttribute('aria-expanded', 'true')
    expect(screen.getByLabelText('Client ID')).toHaveValue(exampleClientId)
    expect(screen.getByLabelText('Client secret')).toHaveValue(exampleSecret)
    expect(await screen.findByText('Someone else changed this')).toBeInTheDocument()
    expect(screen.getByLabelText('Client secret')).toHaveValue(exampleSecret)
  })

  it('follows the server where nothing was typed', async () => {
    const server = createFakeServer(projectSaved)
    const { queryClient } = await renderPanel(server, { initialStep: 'project' })
    server.version = 2
    server.bundle = { ...server.bundle, projectId: 'acme-by-dana' }
    await act(() => queryClient.refetchQueries())
    await waitFor(() => expect(screen.getByLabelText('Project ID')).toHaveValue('acme-by-dana'))
    expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument()
  })
})

describe('leaving', () => {
  it('drops what was typed on Discard', async () => {
    const onDirtyChange = vi.fn<(dirty: boolean) => void>()
    const { user } = await renderPanel(createFakeServer(projectSaved), { initialStep: 'client', onDirtyChange })
    await fill(user, await screen.findByLabelText('Client secret'), exampleSecret)
    expect(onDirtyChange).toHaveBeenLastCalledWith(true)
    await user.click(screen.getByRole('button', { name: 'Discard' }))
    expect(screen.getByLabelText('Client secret')).toHaveValue('')
    expect(onDirtyChange).toHaveBeenLastCalledWith(false)
  })
})
