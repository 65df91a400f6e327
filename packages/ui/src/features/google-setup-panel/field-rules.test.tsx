import { emptyGoogleBundle } from '@tenantry/sdk/model'
import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { createFakeServer } from './testing/create-fake-client.ts'
import { configuredBundle, createClientFile, exampleClientId, exampleKey, exampleProject, exampleSecret } from './testing/examples.ts'
import { everythingKept, fill, openStep, renderPanel } from './testing/render-panel.tsx'
import { saying } from '../../testing/saying.ts'

const projectSaved = () => createFakeServer({ bundle: { ...emptyGoogleBundle, projectId: exampleProject }, version: 1 })
const asFile = (text: string, name = 'file.json') => new File([text], name, { type: 'application/json' })

describe('the project ID', () => {
  it.each([
    ['123456789012', 'That is the project number. Enter the project ID, for example acme-mail-473210.'],
    ['Acme Mail', 'That looks like the project name. The ID has only lowercase letters, digits and hyphens.'],
    ['acme_mail!', 'Not a project ID. Copy the project ID from the project picker in Google Cloud Console.'],
  ])('says what %s is', async (typed, words) => {
    const { user } = await renderPanel(createFakeServer())
    await fill(user, screen.getByLabelText('Project ID'), typed)
    expect(await screen.findByText(words)).toBeInTheDocument()
    expect(screen.getByLabelText('Project ID')).toBeInvalid()
  })

  it('is taken out of a pasted link', async () => {
    const { user } = await renderPanel(createFakeServer())
    await fill(user, screen.getByLabelText('Project ID'), 'https://console.cloud.google.com/apis/dashboard?project=acme-mail-473210')
    expect(screen.getByLabelText('Project ID')).toHaveValue(exampleProject)
    expect(screen.getByText('Taken from the link you pasted.')).toBeInTheDocument()
  })

  it('must be there before the next step', async () => {
    const { user } = await renderPanel(createFakeServer())
    await user.click(screen.getByRole('button', { name: 'Next step' }))
    expect(await screen.findByText('Enter the project ID.')).toBeInTheDocument()
    await waitFor(() => expect(screen.getByLabelText('Project ID')).toHaveFocus())
  })

  it('warns when a saved one is changed', async () => {
    const { user } = await renderPanel(projectSaved(), { initialStep: 'project' })
    await fill(user, screen.getByLabelText('Project ID'), 'acme-other-1')
    expect(screen.getByText(/Changing the project disconnects Gmail notifications/)).toBeInTheDocument()
  })
})

describe('client ID and secret', () => {
  it.each([
    ['Client ID', exampleSecret, 'That is the client secret. Put it in the field below.'],
    ['Client ID', 'dana@acme.com', 'That is an e-mail address. The client ID ends with .apps.googleusercontent.com.'],
    ['Client ID', 'something', 'A client ID ends with .apps.googleusercontent.com.'],
    ['Client secret', exampleClientId, 'That is the client ID. Put it in the field above.'],
    ['Client secret', '••••••••••', 'That looks like a masked value. Paste the full secret.'],
    ['Client secret', 'EXAMPLE_other_kind_of_secret', 'New Google secrets start with GOCSPX-. Check that you copied all of it.'],
  ])('%s: %s', async (label, typed, words) => {
    const { user } = await renderPanel(projectSaved(), { initialStep: 'client' })
    await fill(user, await screen.findByLabelText(label), typed)
    expect(await screen.findByText(saying(words))).toBeInTheDocument()
  })

  it('cleans what was pasted', async () => {
    const { server, user } = await renderPanel(projectSaved(), { initialStep: 'client' })
    await fill(user, await screen.findByLabelText('Client ID'), ` "${exampleClientId}"\u200B `)
    await fill(user, screen.getByLabelText('Client secret'), ` ${exampleSecret} `)
    expect(screen.getByText('Removed spaces from the pasted value.')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() =>
      expect(server.saves[0]).toMatchObject({ clientId: { value: exampleClientId }, clientSecret: { value: exampleSecret } }),
    )
  })

  it('never saves a masked value over the saved secret', async () => {
    const { server, user } = await renderPanel(createFakeServer({ bundle: configuredBundle, version: 1 }), { initialStep: 'client' })
    await user.click(await screen.findByRole('button', { name: 'Replace Client secret' }))
    await fill(user, screen.getByLabelText('Client secret'), '************')
    expect(screen.getByText('That looks like a masked value. Paste the full secret.')).toBeInTheDocument()
    expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument()
    expect(server.saves).toEqual([])
  })

  it('asks for the other half', async () => {
    const { server, user } = await renderPanel(projectSaved(), { initialStep: 'client' })
    await fill(user, await screen.findByLabelText('Client secret'), exampleSecret)
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('Enter the client ID.')).toBeInTheDocument()
    await waitFor(() => expect(screen.getByLabelText('Client ID')).toHaveFocus())
    expect(server.saves).toEqual([])
  })

  it('saves a Calendar client of its own', async () => {
    const { server, user } = await renderPanel(createFakeServer({ bundle: configuredBundle, version: 1 }), { initialStep: 'client' })
    await user.click(await screen.findByRole('switch', { name: 'Use the same client for Gmail and Calendar' }))
    await fill(user, screen.getByLabelText('Calendar client ID'), exampleClientId)
    await fill(user, screen.getByLabelText('Calendar client secret'), exampleSecret)
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() =>
      expect(server.saves).toEqual([
        {
          ifVersion: 'v1',
          calendarMode: 'separate',
          calendarClientId: { action: 'replace', value: exampleClientId },
          calendarClientSecret: { action: 'replace', value: exampleSecret },
        },
      ]),
    )
  })
})

describe('the client JSON', () => {
  it.each([
    ['no json', 'This file is not valid JSON.'],
    [JSON.stringify(exampleKey), 'This is a service account key. Use it in step 5.'],
    [JSON.stringify({ installed: {} }), 'This client is for desktop apps. Create one with type Web application.'],
    [JSON.stringify({ web: {} }), 'This file has no client ID and secret. Download the JSON again from the Clients page.'],
  ])('refuses %s', async (text, words) => {
    const { user } = await renderPanel(projectSaved(), { initialStep: 'client' })
    await user.upload(await screen.findByLabelText('Client JSON'), asFile(text))
    expect(await screen.findByText(words)).toBeInTheDocument()
  })

  it('fills both fields and compares the redirect URIs', async () => {
    const { server, user, container } = await renderPanel(projectSaved(), { initialStep: 'client' })
    const file = createClientFile({ redirect_uris: ['https://app.example.com/api/auth/google/callback'] })
    await user.upload(await screen.findByLabelText('Client JSON'), asFile(file))
    expect(await screen.findByText('Read from file: client ID, secret, 1 of 2 redirect URIs.')).toBeInTheDocument()
    expect(
      screen.getByText(saying(/This client does not list https:\/\/app.example.com\/api\/auth\/google\/calendar\/callback yet/)),
    ).toBeInTheDocument()
    expect(container.textContent).not.toContain(exampleSecret)
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() =>
      expect(server.saves[0]).toMatchObject({ clientId: { value: exampleClientId }, clientSecret: { value: exampleSecret } }),
    )
  })

  it('offers the project of the file when it is another one', async () => {
    const { user } = await renderPanel(projectSaved(), { initialStep: 'client' })
    await user.upload(await screen.findByLabelText('Client JSON'), asFile(createClientFile({ project_id: 'acme-other-1' })))
    expect(await screen.findByText(saying(/This client belongs to acme-other-1, but step 1 says acme-mail-473210/))).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Use acme-other-1' }))
    await openStep(user, /Choose a Google Cloud project/)
    expect(screen.getByLabelText('Project ID')).toHaveValue('acme-other-1')
  })
})

describe('the service account key', () => {
  it.each([
    ['no json', 'This file is not valid JSON.'],
    [createClientFile(), 'This is an OAuth client file. Use it in step 4.'],
    [JSON.stringify({ ...exampleKey, type: 'external_account' }), /Not a service account key/],
    [JSON.stringify({ ...exampleKey, client_email: '' }), 'The key is incomplete: client_email missing.'],
    [
      JSON.stringify({ ...exampleKey, project_id: 'acme-other-1', client_email: 'robot-one@acme-other-1.iam.gserviceaccount.com' }),
      'The key is for acme-other-1. Gmail needs topic and OAuth client in one project.',
    ],
  ])('refuses %s', async (text, words) => {
    const { user } = await renderPanel(projectSaved(), { initialStep: 'notifications' })
    await user.upload(await screen.findByLabelText('Service account key'), asFile(text))
    expect(await screen.findByText(words)).toBeInTheDocument()
  })

  it('is summed up without the key, saved whole, and kept nowhere', async () => {
    const { server, user, queryClient, events, container } = await renderPanel(projectSaved(), { initialStep: 'notifications' })
    await user.upload(
      await screen.findByLabelText('Service account key'),
      asFile(JSON.stringify({ ...exampleKey, token_uri: 'https://evil.test' })),
    )
    expect(
      await screen.findByText(
        saying('helpdesk-pubsub@acme-mail-473210.iam.gserviceaccount.com, project acme-mail-473210, key ending 9c1e07aa.'),
      ),
    ).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(server.bundle.serviceAccountKey).toEqual(exampleKey))
    expect(await screen.findByText(/Saved, fingerprint/)).toBeInTheDocument()
    expect(everythingKept({ queryClient, events, container })).not.toContain('PRIVATE KEY')
  })

  it('can be removed, and kept after all', async () => {
    const { server, user } = await renderPanel(createFakeServer({ bundle: configuredBundle, version: 1 }), { initialStep: 'notifications' })
    await user.click(await screen.findByRole('button', { name: 'Remove Service account key' }))
    expect(screen.getByText('Will be removed when you save.')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Keep the saved one: Service account key' }))
    expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Remove Service account key' }))
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(server.saves).toEqual([{ ifVersion: 'v1', serviceAccountKey: { action: 'remove' } }]))
  })
})
