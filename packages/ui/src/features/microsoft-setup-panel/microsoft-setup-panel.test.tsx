import { testPrincipal as principal } from '@tenantry/sdk/testing'
import { act, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  appDeleted,
  microsoftConfigured,
  microsoftForbidden,
  microsoftInUse,
  microsoftPartly,
  microsoftStoreDown,
  saveMicrosoftAsColleague,
  secretEnding,
  seenByMailMember,
} from '../../../../../.storybook/microsoft-scenarios.ts'
import { notConfigured } from '../../../../../.storybook/scenarios.ts'
import { everythingKept } from '../../testing/render-in-world.tsx'
import type { MicrosoftSetupPanelProps } from './index.ts'
import { renderPanel, saved, stateOf } from './testing/render-panel.tsx'

afterEach(() => vi.unstubAllGlobals())

const directoryId = '11111111-2222-4333-8444-555555555555'
const clientId = '22222222-2222-4333-8444-555555555555'
const secret = 'EXAMPLE~secret.value-1234567890abcdefghij'
const directory = 'Directory (tenant) ID'
const application = 'Application (client) ID'
const replace = (value: string) => ({ action: 'replace', value })

describe('saving', () => {
  it('sends only what was changed, with the version that was read', async () => {
    const { world, fill, save } = await renderPanel(notConfigured)
    await fill(directory, directoryId)
    await save()
    await saved()
    expect(world.sent).toEqual([`PATCH /microsoft ${JSON.stringify({ ifVersion: null, directoryId: replace(directoryId) })}`])
  })

  it('sends nothing of the secret when another field is saved', async () => {
    const { world, fill, save } = await renderPanel(microsoftConfigured, { initialStep: 'secret' })
    const { version } = await world.client.microsoft.status()
    await fill('Secret expires on', '2028-06-30')
    await save()
    await saved()
    expect(world.sent).toEqual([`PATCH /microsoft ${JSON.stringify({ ifVersion: version, secretExpiresOn: '2028-06-30' })}`])
  })

  it('leaves no secret in the page, the cache or an event once it is saved', async () => {
    const onConfigured = vi.fn<NonNullable<MicrosoftSetupPanelProps['onConfigured']>>()
    const view = await renderPanel(microsoftPartly, { initialStep: 'secret', onConfigured })
    await view.fill('Client secret (value)', secret)
    await view.save()
    await saved()
    expect(view.world.sent[0]).toContain(secret)
    expect(everythingKept(view)).not.toContain(secret)
    expect(await screen.findByText(/Saved, fingerprint/)).toBeInTheDocument()
    await waitFor(() => expect(onConfigured).toHaveBeenCalledOnce())
    expect(view.events.map(({ type }) => type)).toContain('setup.saved')
    await waitFor(() => expect(stateOf(view.container)).toBe('ready'))
  })

  it('keeps a secret that did not arrive in its field, and nowhere else', async () => {
    const { world, fill, save, user, queryClient, events } = await renderPanel(microsoftPartly, { initialStep: 'secret' })
    const field = await fill('Client secret (value)', secret)
    world.surroundings.offline = true
    await save()
    expect(await screen.findByText('No connection')).toBeVisible()
    expect(field).toHaveValue(secret)
    const states = [...queryClient.getMutationCache().getAll(), ...queryClient.getQueryCache().getAll()].map(({ state }) => state)
    expect(JSON.stringify([states, events])).not.toContain(secret)
    world.surroundings.offline = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await saved()
  })

  it.each<['register' | 'secret', string, string, RegExp]>([
    ['register', directory, 'acme', /Not a directory ID\./],
    ['register', application, 'dana@acme.test', /Not an application ID\./],
    ['secret', 'Client secret (value)', '33333333-2222-4333-8444-555555555555', /That is the ID of the secret\./],
    ['secret', 'Secret expires on', '31.1.2027', /Not a date\./],
  ])('of step %s is not sent with a wrong %s', async (step, label, text, words) => {
    const { world, fill, save } = await renderPanel(step === 'secret' ? microsoftPartly : notConfigured, { initialStep: step })
    await fill(label, text)
    await save()
    expect(await screen.findByText('Nothing was saved. Correct the marked fields.')).toBeVisible()
    const field = screen.getByLabelText(label)
    await waitFor(() => expect(field).toHaveFocus())
    expect(field).toHaveAccessibleDescription(expect.stringMatching(words))
    expect(world.sent).toEqual([])
  })

  it('asks for the application of a secret, in its own step', async () => {
    const { world, fill, save } = await renderPanel(notConfigured, { initialStep: 'secret' })
    await fill('Client secret (value)', secret)
    await save()
    await waitFor(() => expect(screen.getByLabelText(application)).toHaveFocus())
    expect(screen.getByText('Enter the application ID.')).toBeVisible()
    expect(world.sent).toEqual([])
  })

  it('keeps typed text through a conflict', async () => {
    const { world, fill, save, user } = await renderPanel(microsoftConfigured, { initialStep: 'secret' })
    const field = await fill('Secret expires on', '2028-06-30')
    await saveMicrosoftAsColleague(world)
    await save()
    expect(await screen.findByText('Someone else changed this')).toBeInTheDocument()
    expect(field).toHaveValue('2028-06-30')
    await user.click(screen.getByRole('button', { name: 'Keep my text' }))
    await save()
    await saved()
    expect((await world.client.microsoft.status()).secretExpiresOn).toBe('2028-06-30')
  })

  it('says who has to sign in again when the app was replaced under live connections', async () => {
    const onShowConnections = vi.fn<() => void>()
    const { fill, save, user } = await renderPanel(microsoftInUse, { initialStep: 'register', onShowConnections })
    await user.click(await screen.findByRole('button', { name: `Replace ${application}` }))
    await fill(application, clientId)
    await save()
    expect((await screen.findAllByText('Saved. Sign in again for each mailbox so that it uses the new app.'))[0]).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Show connections' }))
    expect(onShowConnections).toHaveBeenCalledOnce()
  })

  it('closes no step and resets no typed text on a refetch', async () => {
    const { world, fill, queryClient } = await renderPanel(microsoftConfigured, { initialStep: 'secret' })
    const field = await fill('Secret expires on', '2028-06-30')
    await saveMicrosoftAsColleague(world)
    await act(() => queryClient.refetchQueries())
    expect(field).toHaveValue('2028-06-30')
    expect(screen.getByRole('button', { name: /Create a client secret/ })).toHaveAttribute('aria-expanded', 'true')
    expect(await screen.findByText('Someone else changed this')).toBeInTheDocument()
  })
})

describe('the guide', () => {
  it('shows the redirect URI that the sign-in sends', async () => {
    const { world } = await renderPanel(microsoftConfigured, { initialStep: 'register' })
    const begun = await world.sdk.sharedMailbox.connect({ principal, settings: { name: 'Sales', mailbox: 'sales@acme.test' } })
    const sent = new URL(begun.authorizationUrl).searchParams.get('redirect_uri') ?? ''
    expect(screen.getByText(sent)).toBeVisible()
  })

  it('lists each permission that the sign-ins ask for', async () => {
    const { world } = await renderPanel(microsoftConfigured, { initialStep: 'permissions' })
    const settings = { name: 'Sales', mailbox: 'sales@acme.test', send: 'smtp', receive: 'imap' } as const
    const begun = await world.sdk.sharedMailbox.connect({ principal, settings })
    const scopes = new URL(begun.authorizationUrl).searchParams.get('scope')?.split(' ') ?? []
    expect(scopes.length).toBeGreaterThan(2)
    for (const scope of scopes) expect(screen.getAllByText(scope.split('/').at(-1) ?? '')[0]).toBeVisible()
  })

  it('copies the link with which an administrator approves the app', async () => {
    const { world, user } = await renderPanel(microsoftConfigured, { initialStep: 'permissions' })
    await user.click(await screen.findByRole('button', { name: 'Copy Approval link' }))
    expect(await navigator.clipboard.readText()).toBe((await world.client.microsoft.status()).adminConsentUrl)
  })

  it('has no approval link before the app is known', async () => {
    await renderPanel(notConfigured, { initialStep: 'permissions' })
    expect(await screen.findByText('The link appears when directory ID and application ID are saved.')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Copy Approval link' })).not.toBeInTheDocument()
  })

  it('offers no application permissions where nothing needs them', async () => {
    await renderPanel(microsoftConfigured, { initialStep: 'permissions' }, { choices: [{ send: 'graph', receive: 'delta' }] })
    expect(await screen.findByText('Mail.Send.Shared')).toBeVisible()
    expect(screen.queryByText('Mail.Send')).not.toBeInTheDocument()
    expect(screen.queryByText(/IMAP/)).not.toBeInTheDocument()
  })

  it('leads to the admin center of the chosen cloud', async () => {
    const { user } = await renderPanel(notConfigured)
    expect(screen.getByRole('link', { name: /^New registration/ })).toHaveAttribute(
      'href',
      expect.stringMatching(/^https:\/\/entra\.microsoft\.com\//),
    )
    await user.click(screen.getByText('Our organization is in another Microsoft cloud'))
    await user.selectOptions(screen.getByLabelText('Cloud'), 'china')
    expect(screen.getByRole('link', { name: /^New registration/ })).toHaveAttribute(
      'href',
      expect.stringMatching(/^https:\/\/entra\.microsoftonline\.cn\//),
    )
  })

  it('warns of the secret’s end while there is time', async () => {
    const { container } = await renderPanel(secretEnding, { initialStep: 'secret' })
    expect(await screen.findByText('The client secret ends soon')).toBeVisible()
    expect(stateOf(container)).toBe('attention')
  })
})

describe('the checks', () => {
  it('pass over a mailbox that works, and lead on to the next', async () => {
    const onConnectMailbox = vi.fn<() => void>()
    const { user } = await renderPanel(microsoftInUse, { initialStep: 'verify', onConnectMailbox })
    await user.click(await screen.findByRole('button', { name: 'Run checks' }))
    expect(await screen.findByText(/^(All good|\d+ warnings?)$/)).toBeVisible()
    expect(screen.queryByText('Failed')).not.toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Connect a shared mailbox' }))
    expect(onConnectMailbox).toHaveBeenCalledOnce()
  })

  it('that fail lead to the step that mends them', async () => {
    const { user, container } = await renderPanel(appDeleted, { initialStep: 'verify' })
    await user.click(await screen.findByRole('button', { name: 'Run checks' }))
    expect((await screen.findAllByText(/Microsoft does not know the client ID/))[0]).toBeVisible()
    await waitFor(() => expect(stateOf(container)).toBe('attention'))
    await user.click(screen.getAllByRole('button', { name: /^Change it in the setup/ })[0] ?? document.body)
    await waitFor(() => expect(screen.getByRole('button', { name: /Create a client secret/ })).toHaveAttribute('aria-expanded', 'true'))
  })
})

describe('a reset', () => {
  it('disconnects at once, keeps the credentials, and says so', async () => {
    const { world, user } = await renderPanel(microsoftInUse)
    await user.click(screen.getByText('Reset Microsoft', { selector: 'summary' }))
    await user.click(screen.getByRole('button', { name: 'Reset Microsoft' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Reset Microsoft?' }))
    await user.click(dialog.getByRole('button', { name: 'Disconnect 1 connection' }))
    expect((await screen.findAllByText(/1 disconnected\./))[0]).toBeVisible()
    expect(world.sent).toEqual(['POST /microsoft/reset {"credentials":"keep"}'])
    expect((await world.client.microsoft.status()).state).toBe('configured')
  })
})

describe('who may do what', () => {
  it('shows facts and no fields to a member', async () => {
    const { container } = await renderPanel(seenByMailMember(microsoftConfigured))
    expect(screen.getByText('You cannot change this')).toBeVisible()
    expect(container.querySelectorAll('input, textarea, select, form')).toHaveLength(0)
  })

  it('tells who may not even look whom to ask', async () => {
    await renderPanel(microsoftForbidden)
    expect(await screen.findByText('Ask someone with the manage integrations permission.')).toBeVisible()
  })

  it('never calls a store that is down “not set up”', async () => {
    const { world, user } = await renderPanel(microsoftStoreDown)
    expect(await screen.findByText('Temporarily unavailable')).toBeVisible()
    expect(screen.queryByText('Not set up')).not.toBeInTheDocument()
    world.surroundings.secretsDown = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Ready')).toBeVisible()
  })
})

describe('with the keyboard alone', () => {
  it('walks through the steps and saves', async () => {
    const { world, user } = await renderPanel(notConfigured)
    screen.getByRole('button', { name: /Register the app/ }).focus()
    const field = screen.getByLabelText(directory)
    for (let presses = 0; presses < 10 && document.activeElement !== field; presses += 1) await user.tab()
    expect(field).toHaveFocus()
    await user.paste(directoryId)
    await user.tab()
    expect(screen.getByLabelText(application)).toHaveFocus()
    await user.paste(clientId)
    const next = screen.getByRole('button', { name: 'Next step' })
    for (let presses = 0; presses < 10 && document.activeElement !== next; presses += 1) await user.tab()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(screen.getByRole('button', { name: /Create a client secret/ })).toHaveFocus())
    const save = screen.getByRole('button', { name: 'Save' })
    for (let presses = 0; presses < 20 && document.activeElement !== save; presses += 1) await user.tab()
    await user.keyboard('{Enter}')
    await saved()
    expect(await world.client.microsoft.status()).toMatchObject({ directoryId, state: 'partial' })
  })
})
