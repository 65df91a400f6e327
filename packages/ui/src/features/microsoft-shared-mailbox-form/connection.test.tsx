import { testPrincipal as principal } from '@tenantry/sdk/testing'
import { act, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { StoryWorld } from '../../../../../.storybook/create-story-world.ts'
import {
  connectedBy,
  connectedMailbox,
  imapOff,
  isGroup,
  mailboxBlockedByApp,
  mailboxNeedsReauth,
  mailboxPaused,
  noFullAccess,
  noSendAs,
  relayImapOff,
  smtpOff,
} from '../../../../../.storybook/microsoft-scenarios.ts'
import { finishAtMicrosoft } from '../../testing/sign-in-window.ts'
import { expectState, findAxeProblems, radio, renderForm } from './testing/render-form.tsx'
import type { MicrosoftSharedMailboxFormProps } from './index.ts'
import { saying } from '../../testing/saying.ts'

afterEach(() => vi.unstubAllGlobals())

const smtp = 'Microsoft 365 mail (IMAP and SMTP)'
const relay = 'Receive with Microsoft, send with LeadMail'
const [mailbox, person] = ['sales@acme.test', 'dana@acme.test']

describe('a connection that Microsoft refuses', () => {
  it.each<[string, (world: StoryWorld) => Promise<string>, string, string, string, object]>([
    ['SMTP is off', smtpOff, 'Authenticated SMTP is off', 'Switch to Graph', 'Microsoft Graph', { send: 'graph', receive: 'delta' }],
    [
      'IMAP is off',
      imapOff,
      'IMAP signs in but opens no mailbox',
      'Switch to Graph',
      'Microsoft Graph',
      { send: 'graph', receive: 'delta' },
    ],
  ])('is switched with one click and one sign-in where %s', async (_, scenario, words, button, way, settings) => {
    const { world, connectionId, openWindow, windows, settle } = await renderForm(scenario)
    await expectState('error')
    expect(await screen.findByText(words)).toBeVisible()
    const opened = await openWindow(button)
    expect(world.sent).toEqual([`POST /connections/${connectionId}/reconnect ${JSON.stringify({ settings })}`])
    await finishAtMicrosoft(world, opened)
    await settle()
    await expectState('connected-polling')
    expect(await radio(way)).toBeChecked()
    expect(windows).toHaveLength(1)
  })

  it.each<[string, (world: StoryWorld) => Promise<string>, RegExp, (world: StoryWorld) => void]>([
    [
      'Full Access is missing',
      noFullAccess,
      /dana@acme\.test cannot open sales@acme\.test/,
      ({ sandbox }) => sandbox.microsoft.grantAccess({ mailbox, to: person, fullAccess: true }),
    ],
    [
      'Send As is missing',
      noSendAs,
      /dana@acme\.test may not send as sales@acme\.test/,
      ({ sandbox }) => sandbox.microsoft.grantAccess({ mailbox, to: person, sendAs: true }),
    ],
  ])('is tried again once an administrator has mended it: %s', async (_, scenario, words, mend) => {
    const { world, user, settle } = await renderForm(scenario)
    await expectState('error')
    expect(await screen.findByText(words)).toBeVisible()
    mend(world)
    await user.click(screen.getByRole('button', { name: 'Try now' }))
    await world.sandbox.clock.advance(60_000)
    await settle()
    await expectState('connected-polling')
  })

  it('says what the address is where it is a group', async () => {
    await renderForm(isGroup)
    await expectState('error')
    expect(await screen.findByText(/team@acme\.test/, { selector: '.tn-callout *' })).toBeVisible()
  })

  it('offers no other way to whoever may not reconnect', async () => {
    await renderForm(async (world) => {
      const id = await smtpOff(world)
      world.surroundings.denied = ['connection.reconnect']
      return id
    })
    expect(await screen.findByText('Authenticated SMTP is off')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Switch to Graph' })).not.toBeInTheDocument()
  })

  it('says that mail still goes out where only receiving is refused, and it does', async () => {
    const { world, connectionId } = await renderForm(relayImapOff)
    await expectState('error')
    const chosen = await radio(/^Receive with Microsoft, send with LeadMail/)
    expect(chosen).toHaveAccessibleName(`${relay} Sending only until receiving works`)
    const message = { to: ['kim@customer.test'], subject: 'Re: Offer', text: 'EXAMPLE' }
    const sent = world.sdk.sharedMailbox.send({ principal, connectionId, message, idempotencyKey: 'reply-1' })
    await expect(sent).resolves.toMatchObject({ messageId: expect.any(String) })
  })
})

describe('another way to send and receive', () => {
  it('asks for a sign-in where the permissions differ, and saves nothing before it', async () => {
    const { world, connectionId, user, openWindow, settle } = await renderForm(connectedMailbox)
    await user.click(await radio(smtp))
    const notice = await screen.findByText('Switching asks for different permissions. Sign in again to finish.')
    expect(notice.closest('[role="status"]')).not.toBeNull()
    expect(screen.queryByRole('button', { name: 'Save changes' })).not.toBeInTheDocument()
    const opened = await openWindow('Sign in with Microsoft')
    expect(world.sent).toEqual([`POST /connections/${connectionId}/reconnect {"settings":{"send":"smtp","receive":"imap"}}`])
    expect((await world.client.connections.get(connectionId)).settings).toMatchObject({ send: 'graph', receive: 'delta' })
    await finishAtMicrosoft(world, opened)
    await settle()
    expect((await world.client.connections.get(connectionId)).settings).toMatchObject({ send: 'smtp', receive: 'imap' })
    expect(await radio(smtp)).toBeChecked()
    await expectState('connected-polling')
  })

  it('is saved at once where the sign-in covers it', async () => {
    const onSave = vi.fn<NonNullable<MicrosoftSharedMailboxFormProps['onSave']>>()
    const { world, connectionId, user, windows } = await renderForm(connectedBy({ send: 'smtp', receive: 'imap' }), { onSave })
    await user.click(await radio(relay))
    expect(screen.queryByText(/^Switching asks/)).not.toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByText('Saved.')).toBeVisible()
    expect(world.sent).toEqual([`PATCH /connections/${connectionId} {"settings":{"send":"relay","receive":"imap"}}`])
    expect(windows).toEqual([])
    expect(onSave).toHaveBeenCalledExactlyOnceWith(expect.anything(), expect.objectContaining({ transport: 'imap_relay' }))
  })

  it('is forgotten when the sign-in for it is declined: the mailbox works on as it was', async () => {
    const { world, connectionId, user, openWindow } = await renderForm(connectedMailbox)
    await user.click(await radio(smtp))
    await finishAtMicrosoft(world, await openWindow('Sign in with Microsoft'), 'decline')
    expect(await screen.findByText('The permissions were declined')).toBeVisible()
    const { health, settings } = await world.client.connections.get(connectionId)
    expect([health.status, settings['send'], settings['receive']]).toEqual(['connected', 'graph', 'delta'])
  })

  it('is chosen by keyboard alone', async () => {
    const { user, openWindow } = await renderForm(connectedMailbox)
    ;(await radio('Microsoft Graph')).focus()
    await user.keyboard('{ArrowUp}')
    expect(await radio(relay)).toBeChecked()
    const button = await screen.findByRole('button', { name: 'Sign in with Microsoft' })
    for (let presses = 0; presses < 20 && document.activeElement !== button; presses += 1) await user.tab()
    expect(button).toHaveFocus()
    await openWindow('Sign in with Microsoft')
  })
})

describe('a connection', () => {
  it('sends a test message, and says to whom', async () => {
    const { world, user } = await renderForm(connectedMailbox)
    await user.click(await screen.findByRole('button', { name: 'Send a test message' }))
    const words = await screen.findByText(saying('Sent to dana@acme.test. This proves that you may send from the mailbox.'))
    expect(words.closest('[role="status"], output')).not.toBeNull()
    expect(world.sandbox.microsoft.inbox(person)).toHaveLength(1)
  })

  it('says why a test message was refused', async () => {
    const { world, user } = await renderForm(connectedMailbox)
    world.sandbox.microsoft.revokeAccess({ mailbox, from: person, sendAs: true })
    await user.click(await screen.findByRole('button', { name: 'Send a test message' }))
    expect(await screen.findByText('May not send as the mailbox')).toBeVisible()
    expect(screen.getByText(/Give dana@acme\.test the permission “Send as”/)).toBeVisible()
  })

  it('is resumed', async () => {
    const { user, settle } = await renderForm(mailboxPaused)
    await expectState('paused')
    await user.click(await screen.findByRole('button', { name: 'Resume' }))
    await settle()
    await expectState('connected-polling')
  })

  it('is signed in again where Microsoft ended the sign-in', async () => {
    const { world, openWindow, settle } = await renderForm(mailboxNeedsReauth)
    await expectState('needs-reauth')
    await screen.findByRole('button', { name: 'Disconnect' })
    expect(screen.queryByRole('button', { name: 'Send a test message' })).not.toBeInTheDocument()
    await finishAtMicrosoft(world, await openWindow('Reconnect'))
    await settle()
    await expectState('connected-polling')
    expect(await screen.findByRole('button', { name: 'Send a test message' })).toBeEnabled()
  })

  it('leads to the Microsoft setup where the app is broken', async () => {
    await renderForm(mailboxBlockedByApp, { setupHref: '/settings/microsoft' })
    await expectState('blocked-by-app')
    expect(await screen.findByRole('link', { name: 'Open Microsoft setup' })).toHaveAttribute('href', '/settings/microsoft')
  })

  it('keeps what is typed when its data is refreshed', async () => {
    const { world, connectionId, user, queryClient } = await renderForm(connectedMailbox)
    const name = await screen.findByLabelText('Name')
    await user.clear(name)
    await user.type(name, 'Offers')
    await user.click(await radio(smtp))
    await world.sdk.sharedMailbox.update({ principal, connectionId, changes: { name: 'Changed elsewhere' } })
    await act(() => queryClient.invalidateQueries())
    expect(await screen.findByRole('heading', { name: 'Changed elsewhere' })).toBeVisible()
    expect(name).toHaveValue('Offers')
    expect(await radio(smtp)).toBeChecked()
  })

  it.each<[string, (world: StoryWorld) => Promise<string>]>([
    ['connected', connectedMailbox],
    ['refused', smtpOff],
    ['receiving refused', relayImapOff],
    ['paused', mailboxPaused],
  ])('has no fault that axe knows: %s', async (_, scenario) => {
    await renderForm(scenario)
    await radio(/^Microsoft Graph/)
    await waitFor(() => expect(document.querySelector('.tn-skeleton')).toBeNull())
    expect(await findAxeProblems()).toEqual([])
  })
})
