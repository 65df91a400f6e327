import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { StoryWorld } from '../../../../../.storybook/create-story-world.ts'
import {
  connectedBy,
  connectedMailbox,
  microsoftConfigured,
  onlyAdminsConsent,
  withoutOwnApp,
} from '../../../../../.storybook/microsoft-scenarios.ts'
import { testPrincipal as principal } from '@tenantry/sdk/testing'
import { finishAtMicrosoft } from '../../testing/sign-in-window.ts'
import { expectState, findAxeProblems, radio, renderForm } from './testing/render-form.tsx'

afterEach(() => vi.unstubAllGlobals())

const signIn = 'Sign in with Microsoft'
const ownApp = 'Your organization’s own app'
const hostApp = 'Helpdesk’s app'
const announced = 'Microsoft announces new mail'
const graphAndImap = 'Send with Microsoft Graph, receive with IMAP'
const choosing = { hostApp: true }
const settings = { name: 'Sales', mailbox: 'sales@acme.test', send: 'graph', receive: 'delta' }
const sentConnect = (sent: object) => `POST /connections ${JSON.stringify({ provider: 'microsoft-shared-mailbox', settings: sent })}`
const clientOf = ({ location }: { location: string }) => new URL(location).searchParams.get('client_id')
const isOpen = (label: string) => screen.getByText(label).closest('details')?.open

/** The client id of the host's app, as Microsoft knows it. */
async function hostClientOf({ sdk }: Pick<StoryWorld, 'sdk'>): Promise<string | null> {
  const status = await sdk.microsoft.status({ principal })
  return new URL(status.hostApp?.adminConsentUrl ?? 'https://none.test').searchParams.get('client_id')
}

describe('whose app signs in', () => {
  it('is asked only where the product has an app, and is the organization’s own until somebody says otherwise', async () => {
    const { unmount } = await renderForm(microsoftConfigured)
    await radio('Microsoft Graph')
    expect(screen.queryByRole('group', { name: 'Which Microsoft app signs in' })).not.toBeInTheDocument()
    unmount()
    const { world, fill, openWindow } = await renderForm(microsoftConfigured, {}, choosing)
    expect(await radio(ownApp)).toBeChecked()
    expect(await radio(hostApp)).toHaveAccessibleDescription('Nothing to register. An administrator may have to approve it once.')
    await fill()
    expect(clientOf(await openWindow(signIn))).not.toBe(await hostClientOf(world))
    expect(world.sent).toEqual([sentConnect(settings)])
  })

  it('may be the host’s where the organization has none: nothing is missing then, and the mailbox is connected', async () => {
    const { world, user, fill, openWindow, settle } = await renderForm(withoutOwnApp, { setupHref: '/settings/microsoft' }, choosing)
    await expectState('not-configured')
    expect(await screen.findByText('Microsoft is not set up yet')).toBeVisible()
    expect(screen.getByRole('button', { name: signIn })).toBeDisabled()
    await user.click(await radio(hostApp))
    await expectState('new')
    expect(screen.queryByText('Microsoft is not set up yet')).not.toBeInTheDocument()
    expect(screen.getByText('Signs in with Helpdesk’s app')).toBeVisible()
    expect(screen.queryByRole('link', { name: 'Microsoft setup' })).not.toBeInTheDocument()
    await fill()
    const opened = await openWindow(signIn)
    expect(world.sent).toEqual([sentConnect({ ...settings, app: 'host' })])
    expect(clientOf(opened)).toBe(await hostClientOf(world))
    await finishAtMicrosoft(world, opened)
    await settle()
    await expectState('connected-polling')
    expect(await radio(hostApp)).toBeChecked()
  })

  it('goes back to what is missing with the organization’s own', async () => {
    const { user } = await renderForm(withoutOwnApp, {}, choosing)
    await user.click(await radio(hostApp))
    await expectState('new')
    await user.click(await radio(ownApp))
    await expectState('not-configured')
    expect(await screen.findByText('Microsoft is not set up yet')).toBeVisible()
  })

  it('gives the approval link of the app that was chosen', async () => {
    const { user, world } = await renderForm(onlyAdminsConsent, { adminConsentUrl: 'https://acme.test/approve' }, choosing)
    const copy = async () => {
      await user.click(await screen.findByRole('button', { name: 'Copy approval link' }))
      return navigator.clipboard.readText()
    }
    expect(await copy()).toBe('https://acme.test/approve')
    await user.click(await radio(hostApp))
    expect(new URL(await copy()).searchParams.get('client_id')).toBe(await hostClientOf(world))
  })

  it('offers no way that the host’s app may not take, and starts nothing with one that was chosen before', async () => {
    const { world, user, fill, windows } = await renderForm(microsoftConfigured, {}, choosing)
    await user.click(await screen.findByText('Advanced'))
    await user.click(await radio(hostApp))
    expect(screen.queryByRole('radio', { name: announced })).not.toBeInTheDocument()
    expect(await radio(graphAndImap)).toBeEnabled()
    await user.click(await radio(ownApp))
    await fill({ way: announced })
    await user.click(await radio(hostApp))
    await user.click(screen.getByRole('button', { name: signIn }))
    const group = screen.getByRole('group', { name: 'Which Microsoft app signs in' })
    await waitFor(() => expect(group).toHaveAccessibleDescription(/^Notifications need your organization’s own app\./))
    expect([windows, world.sent]).toEqual([[], []])
    await user.click(await radio(ownApp))
    expect(group).not.toHaveAccessibleDescription()
  })
})

describe('a connection pinned to the host’s app', () => {
  it('says so, and moves over by a sign-in alone', async () => {
    const { world, connectionId, user, openWindow, settle } = await renderForm(connectedBy({ app: 'host' }), {}, choosing)
    await expectState('connected-polling')
    expect(await radio(hostApp)).toBeChecked()
    expect(screen.getByText('Signs in with Helpdesk’s app')).toBeVisible()
    await user.click(await radio(ownApp))
    const notice = await screen.findByText(/^A sign-in belongs to the app that it was made with/)
    expect(notice.closest('[role="status"]')).not.toBeNull()
    expect(screen.queryByText(/^Switching asks/)).not.toBeInTheDocument()
    // The same person's access is proven; that somebody approved the other app is not.
    expect((await screen.findByText('Full Access')).closest('li')).toHaveAttribute('data-state', 'done')
    expect(screen.getByText(/has approved Helpdesk/).closest('li')).toHaveAttribute('data-state', 'waiting')
    const opened = await openWindow(signIn)
    expect(world.sent).toEqual([`POST /connections/${connectionId}/reconnect {"settings":{"app":"own"}}`])
    expect(clientOf(opened)).not.toBe(await hostClientOf(world))
    await finishAtMicrosoft(world, opened)
    await settle()
    expect((await world.client.connections.get(connectionId)).settings).toMatchObject({ app: 'own' })
    expect(screen.queryByText(/^A sign-in belongs/)).not.toBeInTheDocument()
  })

  it('takes another way along with another app in one sign-in', async () => {
    const { world, connectionId, user, openWindow } = await renderForm(connectedBy({ app: 'host' }), {}, choosing)
    await user.click(await radio(ownApp))
    await user.click(await radio('Microsoft 365 mail (IMAP and SMTP)'))
    await openWindow(signIn)
    expect(world.sent).toEqual([`POST /connections/${connectionId}/reconnect {"settings":{"send":"smtp","receive":"imap","app":"own"}}`])
  })

  it('is led to the organization’s own where that app is broken, by who may reconnect', async () => {
    const broken = async (world: StoryWorld) => {
      const id = await connectedBy({ app: 'host' })(world)
      world.sandbox.microsoft.deleteApp((await hostClientOf(world)) ?? '')
      await world.sandbox.clock.advance(3 * 3_600_000)
      await world.settle()
      return id
    }
    const { world, connectionId, openWindow, settle, unmount } = await renderForm(broken, { setupHref: '/settings/microsoft' }, choosing)
    await expectState('blocked-by-app')
    expect(await screen.findByText('The Microsoft app of Helpdesk is broken.')).toBeVisible()
    expect(screen.queryByRole('link', { name: 'Open Microsoft setup' })).not.toBeInTheDocument()
    await finishAtMicrosoft(world, await openWindow('Use your organization’s own app'))
    expect(world.sent).toEqual([`POST /connections/${connectionId}/reconnect {"settings":{"app":"own"}}`])
    await settle()
    await expectState('connected-polling')
    unmount()
    const denied = async (other: StoryWorld) => {
      const id = await broken(other)
      other.surroundings.denied = ['connection.reconnect']
      return id
    }
    await renderForm(denied, {}, choosing)
    await expectState('blocked-by-app')
    await radio(hostApp)
    expect(screen.queryByRole('button', { name: 'Use your organization’s own app' })).not.toBeInTheDocument()
  })

  it('is signed in again with what was chosen, also from the notice above', async () => {
    const { world, connectionId, user, openWindow } = await renderForm(connectedMailbox, {}, choosing)
    await user.click(await radio(hostApp))
    await finishAtMicrosoft(world, await openWindow(signIn), 'decline')
    await openWindow('Try again')
    const reconnect = `POST /connections/${connectionId}/reconnect {"settings":{"app":"host"}}`
    expect(world.sent).toEqual([reconnect, reconnect])
  })
})

describe('advanced ways to send and receive', () => {
  it('stand behind a click, as far as the server has them and the host lets them', async () => {
    const { unmount } = await renderForm(microsoftConfigured)
    await screen.findByText('Advanced')
    expect(isOpen('Advanced')).toBe(false)
    const group = screen.getByRole('group', { name: 'More ways to send and receive' })
    expect(within(group).getAllByRole('radio')).toHaveLength(2)
    unmount()
    const props = { transports: ['imap_smtp', 'graph_full'] } as const
    const narrow = await renderForm(microsoftConfigured, props)
    await radio('Microsoft Graph')
    expect(screen.queryByText('Advanced')).not.toBeInTheDocument()
    narrow.unmount()
    const choices = [
      { send: 'graph', receive: 'delta' },
      { send: 'graph', receive: 'webhook' },
    ] as const
    await renderForm(microsoftConfigured, {}, { choices })
    expect(await radio(announced)).not.toBeChecked()
    // The only usual way is chosen, whatever stands under Advanced.
    await waitFor(async () => expect(await radio('Microsoft Graph')).toBeChecked())
    expect(screen.queryByRole('radio', { name: graphAndImap })).not.toBeInTheDocument()
  })

  it('are open where they are all there is', async () => {
    await renderForm(microsoftConfigured, {}, { choices: [{ send: 'graph', receive: 'webhook' }] })
    await waitFor(async () => expect(await radio(announced)).toBeChecked())
    expect(isOpen('Advanced')).toBe(true)
    expect(screen.getAllByRole('radio')).toHaveLength(1)
  })

  it('need an administrator where Microsoft announces, and nobody’s Full Access; then mail comes by push', async () => {
    const { world, user, fill, openWindow, settle } = await renderForm(microsoftConfigured)
    await user.click(await screen.findByText('Advanced'))
    await fill({ way: announced })
    const before = await screen.findByRole('list', { name: 'Before you start' })
    expect(before).toHaveTextContent(/^You sign in as an administrator, who approves the application permissions/)
    expect(screen.queryByText('Full Access', { selector: 'strong' })).not.toBeInTheDocument()
    const opened = await openWindow(signIn)
    expect(world.sent).toEqual([sentConnect({ ...settings, receive: 'webhook' })])
    await finishAtMicrosoft(world, opened)
    await settle()
    await expectState('connected')
    expect(await radio(announced)).toBeChecked()
    expect(isOpen('Advanced')).toBe(true)
    expect(screen.queryByText(/^Signed in as/)).not.toBeInTheDocument()
    await user.click(await radio('Microsoft Graph'))
    expect((await screen.findByText('Full Access')).closest('li')).toHaveAttribute('data-state', 'waiting')
  })

  it('show a connection that has one of them, and lead back to a preset', async () => {
    const { world, connectionId, user } = await renderForm(connectedBy({ send: 'graph', receive: 'imap' }))
    expect(await radio(graphAndImap)).toBeChecked()
    expect(isOpen('Advanced')).toBe(true)
    await user.click(await radio('Microsoft Graph'))
    expect(isOpen('Advanced')).toBe(true)
    expect(await radio(graphAndImap)).not.toBeChecked()
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByText('Saved.')).toBeVisible()
    expect(world.sent).toEqual([`PATCH /connections/${connectionId} {"settings":{"send":"graph","receive":"delta"}}`])
  })

  it('show what a connection has, also to whoever may not read the setup', async () => {
    await renderForm(async (world) => {
      const id = await connectedBy({ receive: 'webhook' })(world)
      world.surroundings.denied = ['microsoft.read']
      return id
    })
    expect(await radio(announced)).toBeChecked()
    expect(screen.queryByRole('radio', { name: graphAndImap })).not.toBeInTheDocument()
  })

  it.each<[string, (world: StoryWorld) => Promise<string | void>]>([
    ['new', microsoftConfigured],
    ['without an app of the organization’s', withoutOwnApp],
    ['announced', connectedBy({ receive: 'webhook' })],
    ['pinned to the host’s app', connectedBy({ app: 'host' })],
  ])('have no fault that axe knows: %s', async (_, scenario) => {
    const { user } = await renderForm(scenario, {}, choosing)
    await user.click(await radio(hostApp))
    await waitFor(() => expect(document.querySelector('.tn-skeleton')).toBeNull())
    expect(await findAxeProblems()).toEqual([])
  })
})
