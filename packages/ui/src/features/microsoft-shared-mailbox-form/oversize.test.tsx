import { TenantryError } from '@tenantry/sdk/errors'
import { complete, testPrincipal as principal } from '@tenantry/sdk/testing'
import { screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { StoryWorld } from '../../../../../.storybook/create-story-world.ts'
import {
  connectedBy,
  connectedMailbox,
  mailboxWhere,
  microsoftConfigured,
  smtpOffForOversize,
} from '../../../../../.storybook/microsoft-scenarios.ts'
import { finishAtMicrosoft } from '../../testing/sign-in-window.ts'
import { expectState, findAxeProblems, radio, renderForm } from './testing/render-form.tsx'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const signIn = 'Sign in with Microsoft'
const switchToGraph = 'Switch to Graph'
const stop = 'Stop using SMTP for large messages'
const graphAndImap = 'Send with Microsoft Graph, receive with IMAP'
const imapAndSmtp = 'Microsoft 365 mail (IMAP and SMTP)'
const label = 'Send by SMTP what is too large for Microsoft Graph'
const person = 'dana@acme.test'
const findBox = () => screen.findByRole('checkbox', { name: label })
const queryBox = () => screen.queryByRole('checkbox', { name: label })
const isOpen = () => screen.getByText('Advanced').closest('details')?.open
const withOversize = connectedBy({ oversize: 'smtp' })
const settingsOf = async ({ client }: { client: { connections: { get(id: string): Promise<{ settings: object }> } } }, id: string) =>
  (await client.connections.get(id)).settings

const deny =
  (scenario: (world: StoryWorld) => Promise<string>, ...denied: StoryWorld['surroundings']['denied']) =>
  async (world: StoryWorld) => {
    const id = await scenario(world)
    world.surroundings.denied = denied
    return id
  }

describe('SMTP for what Graph does not take', () => {
  it('is chosen under Advanced and sent along, and the sign-in covers it', async () => {
    const { world, user, fill, openWindow, settle } = await renderForm(microsoftConfigured)
    await fill()
    const box = await findBox()
    expect(box).not.toBeChecked()
    expect(box).toHaveAccessibleDescription(/needs authenticated SMTP.*one more permission.*refused/)
    expect(isOpen()).toBe(false)
    await user.click(screen.getByText('Advanced'))
    await user.click(box)
    const opened = await openWindow(signIn)
    const settings = { name: 'Sales', mailbox: 'sales@acme.test', send: 'graph', receive: 'delta', oversize: 'smtp' }
    expect(world.sent).toEqual([`POST /connections ${JSON.stringify({ provider: 'microsoft-shared-mailbox', settings })}`])
    await finishAtMicrosoft(world, opened)
    await settle()
    await expectState('connected-polling')
    expect(await findBox()).toBeChecked()
    expect(isOpen()).toBe(true)
  })

  it('is offered with the ways that can have it, and sent with no other', async () => {
    const { world, user, fill, openWindow } = await renderForm(microsoftConfigured)
    await radio('Microsoft Graph')
    expect(queryBox()).not.toBeInTheDocument()
    await fill()
    await user.click(await findBox())
    for (const way of [imapAndSmtp, 'Receive with Microsoft, send with LeadMail', 'Microsoft announces new mail']) {
      await user.click(await radio(way))
      expect(queryBox()).not.toBeInTheDocument()
    }
    await user.click(await radio(graphAndImap))
    expect(await findBox()).toBeChecked()
    await user.click(await radio(imapAndSmtp))
    await openWindow(signIn)
    expect(world.sent).toEqual([expect.not.stringContaining('oversize')])
  })

  it('is the only thing under Advanced where there are no more ways', async () => {
    await renderForm(microsoftConfigured, {}, { choices: [{ send: 'graph', receive: 'delta' }] })
    expect(await findBox()).not.toBeChecked()
    expect(isOpen()).toBe(false)
    expect(screen.getAllByRole('radio')).toHaveLength(1)
    expect(screen.queryByRole('group', { name: 'More ways to send and receive' })).not.toBeInTheDocument()
  })

  it('may be what a new form starts with', async () => {
    const defaults = { transport: 'graph_full', oversize: 'smtp' } as const
    await renderForm(microsoftConfigured, { defaults })
    expect(await findBox()).toBeChecked()
    expect(isOpen()).toBe(true)
  })
})

describe('a connection', () => {
  it('takes a sign-in to turn it on, and nothing is saved before', async () => {
    const { world, connectionId, user, openWindow, settle } = await renderForm(connectedMailbox)
    await user.click(await findBox())
    expect(await screen.findByText(/^Switching asks for different permissions/)).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Save changes' })).not.toBeInTheDocument()
    const opened = await openWindow(signIn)
    expect(world.sent).toEqual([`POST /connections/${connectionId}/reconnect {"settings":{"oversize":"smtp"}}`])
    expect(await settingsOf(world, connectionId)).toMatchObject({ oversize: 'refuse' })
    await finishAtMicrosoft(world, opened)
    await settle()
    await expectState('connected-polling')
    expect(await settingsOf(world, connectionId)).toMatchObject({ send: 'graph', receive: 'delta', oversize: 'smtp' })
    expect(await findBox()).toBeChecked()
  })

  it('takes none to turn it off', async () => {
    const { world, connectionId, user, windows } = await renderForm(withOversize)
    const box = await findBox()
    await waitFor(() => expect(box).toBeChecked())
    expect(isOpen()).toBe(true)
    await user.click(box)
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByText('Saved.')).toBeVisible()
    expect(world.sent).toEqual([`PATCH /connections/${connectionId} {"settings":{"oversize":"refuse"}}`])
    expect(windows).toEqual([])
    expect(await findBox()).not.toBeChecked()
  })

  it('drops it with a way that cannot have it, at once where the sign-in covers that way', async () => {
    const { world, connectionId, user, windows } = await renderForm(connectedBy({ receive: 'imap', oversize: 'smtp' }))
    await user.click(await radio(imapAndSmtp))
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByText('Saved.')).toBeVisible()
    expect(world.sent).toEqual([`PATCH /connections/${connectionId} {"settings":{"send":"smtp","receive":"imap","oversize":"refuse"}}`])
    expect(windows).toEqual([])
    expect(await settingsOf(world, connectionId)).toMatchObject({ send: 'smtp', oversize: 'refuse' })
  })

  it('keeps it on the other way that has it', async () => {
    const { world, connectionId, user } = await renderForm(connectedBy({ receive: 'imap', oversize: 'smtp' }))
    await user.click(await radio('Microsoft Graph'))
    expect(await findBox()).toBeChecked()
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByText('Saved.')).toBeVisible()
    expect(world.sent).toEqual([`PATCH /connections/${connectionId} {"settings":{"send":"graph","receive":"delta"}}`])
    expect(await settingsOf(world, connectionId)).toMatchObject({ receive: 'delta', oversize: 'smtp' })
  })

  it('shows it, and no more, to whoever may not change it or not read the setup', async () => {
    const reader = await renderForm(deny(withOversize, 'connection.update'))
    await waitFor(async () => expect(await findBox()).toBeChecked())
    expect(await findBox()).toBeDisabled()
    reader.unmount()
    const stranger = await renderForm(deny(withOversize, 'microsoft.read'))
    expect(await findBox()).toBeChecked()
    stranger.unmount()
    await renderForm(deny(connectedMailbox, 'microsoft.read'))
    await radio('Microsoft Graph')
    expect(queryBox()).not.toBeInTheDocument()
  })

  it('says at the box what the server has against it', async () => {
    const { world, user } = await renderForm(connectedMailbox)
    const refusal = new TenantryError('choice_not_offered', { field: 'oversize', values: { choice: 'send' } })
    vi.spyOn(world.client.connections, 'reconnect').mockRejectedValue(refusal)
    await user.click(await findBox())
    expect(isOpen()).toBe(false)
    await user.click(screen.getByRole('button', { name: signIn }))
    await waitFor(async () => expect(await findBox()).toHaveAccessibleDescription(/Choose another way\.$/))
    expect(await findBox()).toBeInvalid()
    expect(isOpen()).toBe(true)
    await user.click(await findBox())
    expect(await findBox()).not.toBeInvalid()
  })
})

describe('where Microsoft refuses SMTP', () => {
  const smtpRefuses = mailboxWhere(
    ({ sandbox }) => {
      const { checkMailSignIn } = sandbox.microsoft
      vi.spyOn(sandbox.microsoft, 'checkMailSignIn').mockImplementation((attempt) => {
        const answer = checkMailSignIn(attempt)
        return attempt.protocol === 'smtp' ? { ...answer, active: false, user: null, reason: '5.7.3' } : answer
      })
    },
    { oversize: 'smtp' },
  )

  it.each<[string, (world: StoryWorld) => Promise<string>, string]>([
    ['it is off', smtpOffForOversize, 'Authenticated SMTP is off'],
    ['the sign-in is refused', smtpRefuses, 'SMTP refused the sign-in'],
  ])('is turned off with one click and no sign-in: %s', async (_, scenario, words) => {
    const { world, connectionId, user, windows, settle } = await renderForm(scenario)
    await expectState('error')
    expect(await screen.findByText(words)).toBeVisible()
    const name = await screen.findByLabelText('Name')
    await user.type(name, ' and offers')
    await user.click(await screen.findByRole('button', { name: stop }))
    await waitFor(async () => expect(await findBox()).not.toBeChecked())
    expect(world.sent).toEqual([`PATCH /connections/${connectionId} {"settings":{"oversize":"refuse"}}`])
    expect(windows).toEqual([])
    expect(name).toHaveValue('Sales and offers')
    await world.sandbox.clock.advance(60_000)
    await settle()
    await expectState('connected-polling')
  })

  it('is no reason to switch to Graph, by which the mailbox sends', async () => {
    await renderForm(smtpOffForOversize)
    await screen.findByRole('button', { name: stop })
    expect(screen.queryByRole('button', { name: switchToGraph })).not.toBeInTheDocument()
  })

  it('is turned off by who may change the connection, and by nobody else', async () => {
    const changer = await renderForm(deny(smtpOffForOversize, 'connection.reconnect'))
    expect(await screen.findByRole('button', { name: stop })).toBeEnabled()
    changer.unmount()
    await renderForm(deny(smtpOffForOversize, 'connection.update'))
    await screen.findByText('Authenticated SMTP is off')
    await waitFor(async () => expect(await findBox()).toBeDisabled())
    expect(screen.queryByRole('button', { name: stop })).not.toBeInTheDocument()
    expect(screen.queryByRole('button', { name: switchToGraph })).not.toBeInTheDocument()
  })

  it('says at its field why it could not be turned off, and above all else why nothing came of it', async () => {
    const { world, user } = await renderForm(smtpOffForOversize)
    const button = await screen.findByRole('button', { name: stop })
    const update = vi.spyOn(world.client.connections, 'update')
    update.mockRejectedValueOnce(new TenantryError('unavailable'))
    await user.click(button)
    expect(await screen.findByText('Temporarily unavailable')).toBeVisible()
    update.mockRejectedValueOnce(new TenantryError('choice_not_offered', { field: 'send', values: { choice: 'send' } }))
    await user.click(button)
    const ways = screen.getByRole('group', { name: 'How to send and receive' })
    await waitFor(() => expect(ways).toHaveAccessibleDescription(/Choose another way\.$/))
  })
})

describe('another way with one click', () => {
  /** A person’s mailbox without a licence, which Graph does not open. */
  const unlicensed = async (world: StoryWorld): Promise<string> => {
    await microsoftConfigured(world)
    const { microsoft } = world.sandbox
    microsoft.createUser({ address: 'office@acme.test', licensed: false })
    microsoft.grantAccess({ mailbox: 'office@acme.test', to: person, fullAccess: true, sendAs: true })
    const settings = { name: 'Office', mailbox: 'office@acme.test', oversize: 'smtp' } as const
    const begun = await world.sdk.sharedMailbox.connect({ principal, settings })
    await complete(world, begun, microsoft.grantConsent({ authorizationUrl: begun.authorizationUrl, address: person }).redirectTo)
    await world.settle()
    return begun.connectionId
  }
  const imapOff = mailboxWhere(({ sandbox }) => sandbox.microsoft.setImap('sales@acme.test', false), { receive: 'imap', oversize: 'smtp' })

  it('drops it where that way cannot have it', async () => {
    const { world, connectionId, openWindow } = await renderForm(unlicensed)
    await finishAtMicrosoft(world, await openWindow('Switch to IMAP and SMTP'))
    const settings = { send: 'smtp', receive: 'imap', oversize: 'refuse' }
    expect(world.sent).toEqual([`POST /connections/${connectionId}/reconnect ${JSON.stringify({ settings })}`])
    await waitFor(async () => expect(await settingsOf(world, connectionId)).toMatchObject(settings))
  })

  it('keeps it where that way has it', async () => {
    const { world, connectionId, openWindow } = await renderForm(imapOff)
    await openWindow(switchToGraph)
    expect(world.sent).toEqual([`POST /connections/${connectionId}/reconnect {"settings":{"send":"graph","receive":"delta"}}`])
  })
})

it.each<[string, (world: StoryWorld) => Promise<string>]>([
  ['chosen', connectedMailbox],
  ['in force', withOversize],
  ['refused', smtpOffForOversize],
])('has no fault that axe knows: %s', async (_, scenario) => {
  const { user } = await renderForm(scenario)
  await user.click(await findBox())
  await waitFor(() => expect(document.querySelector('.tn-skeleton')).toBeNull())
  expect(await findAxeProblems()).toEqual([])
})
