import { screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  connectedMailbox,
  microsoftConfigured,
  onlyAdminsConsent,
  seenByMailMember,
} from '../../../../../.storybook/microsoft-scenarios.ts'
import { notConfigured } from '../../../../../.storybook/scenarios.ts'
import { everythingKept } from '../../testing/render-in-world.tsx'
import { finishAtMicrosoft } from '../../testing/sign-in-window.ts'
import { expectState, findAxeProblems, radio, renderForm } from './testing/render-form.tsx'
import type { MicrosoftSharedMailboxFormProps } from './index.ts'
import { presets } from './transport.ts'
import { saying } from '../../testing/saying.ts'

afterEach(() => vi.unstubAllGlobals())

const graphOnly = { choices: [{ send: 'graph', receive: 'delta' }] } as const
const signIn = 'Sign in with Microsoft'
const settings = { name: 'Sales', mailbox: 'sales@acme.test', send: 'graph', receive: 'delta' }
const sentConnect = (sent: object) => `POST /connections ${JSON.stringify({ provider: 'microsoft-shared-mailbox', settings: sent })}`

describe('a new shared mailbox', () => {
  it('is connected: one window, the choice sent as send and receive, the host told', async () => {
    const onConnect = vi.fn<NonNullable<MicrosoftSharedMailboxFormProps['onConnect']>>()
    const { world, fill, openWindow, windows, events, settle } = await renderForm(microsoftConfigured, { onConnect })
    await fill()
    const opened = await openWindow(signIn)
    expect(world.sent).toEqual([sentConnect(settings)])
    await expectState('waiting')
    expect(screen.getByText('Finish in the Microsoft window. This page updates by itself.')).toBeVisible()
    await finishAtMicrosoft(world, opened)
    expect(await screen.findByText(saying('Signed in as dana@acme.test for sales@acme.test'))).toBeVisible()
    await waitFor(() => expect(onConnect).toHaveBeenCalledOnce())
    expect(onConnect.mock.calls[0]?.[1]).toEqual({
      name: 'Sales',
      upn: 'sales@acme.test',
      transport: 'graph_full',
      app: 'own',
      oversize: 'refuse',
    })
    await settle()
    await expectState('connected-polling')
    expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain('Connected as sales@acme.test.')
    expect(windows).toHaveLength(1)
    expect(events.map(({ type }) => type)).toEqual(['oauth.opened', 'oauth.completed'])
  })

  it('shows what is set up while it is verified', async () => {
    const { world, fill, openWindow } = await renderForm(microsoftConfigured)
    await fill()
    await finishAtMicrosoft(world, await openWindow(signIn))
    await expectState('setting-up')
    const tasks = (await screen.findByRole('list', { name: 'Setting up' })).querySelectorAll('li')
    expect([...tasks].map(({ textContent }) => textContent)).toEqual([
      'Save sign-in, done',
      expect.stringMatching(/^Open the mailbox, /),
      'First import, working',
    ])
  })

  it('has the way that alone is offered chosen, though that is known after the form is there', async () => {
    const onConnect = vi.fn<NonNullable<MicrosoftSharedMailboxFormProps['onConnect']>>()
    const { world, user, openWindow } = await renderForm(microsoftConfigured, { onConnect }, graphOnly)
    await user.type(await screen.findByLabelText('Name'), 'Sales')
    await user.type(screen.getByLabelText('Shared mailbox address'), 'sales@acme.test')
    expect(screen.getAllByRole('radio')).toHaveLength(1)
    expect(await radio('Microsoft Graph')).toBeChecked()
    await finishAtMicrosoft(world, await openWindow(signIn))
    expect(world.sent).toEqual([sentConnect(settings)])
    await waitFor(() => expect(onConnect.mock.calls[0]?.[1]).toMatchObject({ transport: 'graph_full' }))
  })

  it('leaves the choice to the person where there are several', async () => {
    await renderForm(microsoftConfigured)
    await radio('Microsoft Graph')
    for (const choice of screen.getAllByRole('radio')) expect(choice).not.toBeChecked()
  })

  it('asks for no Send As where replies leave through a relay', async () => {
    const { user } = await renderForm(microsoftConfigured)
    await user.click(await radio('Receive with Microsoft, send with LeadMail'))
    expect(screen.queryByText('Send As')).not.toBeInTheDocument()
    await user.click(await radio('Microsoft Graph'))
    expect(screen.getByText('Send As')).toBeVisible()
  })

  it.each(['sales', 'sales@acme', 'Sales <sales@acme.test>'])('is not started with %s as its address', async (mailbox) => {
    const { world, fill, user, windows } = await renderForm(microsoftConfigured)
    await fill({ mailbox })
    await user.click(screen.getByRole('button', { name: signIn }))
    const field = screen.getByLabelText('Shared mailbox address')
    await waitFor(() => expect(field).toHaveFocus())
    expect(field).toHaveAccessibleDescription(expect.stringContaining('Enter an address like sales@acme.com.'))
    expect(windows).toEqual([])
    expect(world.sent).toEqual([])
  })

  it('is not started without a way to send and receive', async () => {
    const { user, windows } = await renderForm(microsoftConfigured)
    await user.type(await screen.findByLabelText('Name'), 'Sales')
    await user.type(screen.getByLabelText('Shared mailbox address'), 'sales@acme.test')
    await user.click(screen.getByRole('button', { name: signIn }))
    expect(await screen.findByText('Choose how to send and receive.')).toBeVisible()
    expect(screen.getByRole('group', { name: 'How to send and receive' })).toHaveAccessibleDescription('Choose how to send and receive.')
    expect(windows).toEqual([])
  })

  it('says at its field that the mailbox is connected already', async () => {
    const { fill, user, windows } = await renderForm(connectedMailbox, { connection: undefined })
    await fill({ name: 'Second' })
    await user.click(screen.getByRole('button', { name: signIn }))
    expect(await screen.findByText('This mailbox is already connected: Sales.')).toBeVisible()
    expect(screen.getByLabelText('Shared mailbox address')).toHaveFocus()
    expect(windows.map(({ location }) => location)).toEqual([''])
  })

  it('is started again after the permissions were declined', async () => {
    const onError = vi.fn<NonNullable<MicrosoftSharedMailboxFormProps['onError']>>()
    const { world, fill, openWindow } = await renderForm(microsoftConfigured, { onError })
    await fill()
    await finishAtMicrosoft(world, await openWindow(signIn), 'decline')
    expect(await screen.findByText('The permissions were declined')).toBeVisible()
    await expectState('failed')
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'consent_declined' }))
    await finishAtMicrosoft(world, await openWindow('Try again'))
    expect(await screen.findByText(saying('Signed in as dana@acme.test for sales@acme.test'))).toBeVisible()
  })

  it('gives the link for whoever may approve, and connects once they have', async () => {
    const { world, fill, openWindow, user } = await renderForm(onlyAdminsConsent)
    await fill()
    await finishAtMicrosoft(world, await openWindow(signIn))
    expect(await screen.findByText('An administrator has to approve the app')).toBeVisible()
    const [task] = screen.getAllByText(/An administrator of your organization has approved Helpdesk/)
    expect(task?.closest('li')).toHaveAttribute('data-state', 'failed')
    const notice = screen.getByText('An administrator has to approve the app').closest<HTMLElement>('[role="alert"], .tn-error-block')
    await user.click(notice?.querySelector('[aria-label="Copy approval link"]') ?? document.body)
    const adminConsentUrl = await navigator.clipboard.readText()
    expect(adminConsentUrl).toContain('/adminconsent?')
    world.sandbox.microsoft.grantAdminConsent({ adminConsentUrl })
    await finishAtMicrosoft(world, await openWindow('Try again'))
    expect(await screen.findByText(saying('Signed in as dana@acme.test for sales@acme.test'))).toBeVisible()
  })
})

describe('without a Microsoft app', () => {
  it('leads an admin to the setup and disables the rest', async () => {
    const onOpenSetup = vi.fn<() => void>()
    const { user } = await renderForm(notConfigured, { onOpenSetup })
    await expectState('not-configured')
    expect(await screen.findByLabelText('Shared mailbox address')).toBeDisabled()
    await user.click(await screen.findByRole('button', { name: 'Open Microsoft setup' }))
    expect(onOpenSetup).toHaveBeenCalledOnce()
  })

  it('gives a member a link for an admin', async () => {
    const { user } = await renderForm(seenByMailMember(notConfigured), { setupHref: '/settings/microsoft' })
    await expectState('no-permission')
    expect(await screen.findByText('Ask an admin to set up Microsoft.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Copy link to the setup' }))
    expect(await navigator.clipboard.readText()).toBe('http://localhost:3000/settings/microsoft')
  })
})

describe('the page', () => {
  it('is worked by keyboard alone', async () => {
    const { world, user, windows } = await renderForm(microsoftConfigured, { onCancel: () => {}, transports: presets })
    const name = await screen.findByLabelText('Name')
    await user.tab()
    expect(name).toHaveFocus()
    await user.keyboard('Sales{Tab}sales@acme.test{Tab}')
    expect(await radio('Microsoft 365 mail (IMAP and SMTP)')).toHaveFocus()
    await user.keyboard(' {ArrowDown}{ArrowDown}')
    expect(await radio('Microsoft Graph')).toBeChecked()
    await user.tab()
    expect(screen.getByText('Advanced', { selector: 'summary' })).toHaveFocus()
    // Tab keys that are only pretended go into closed details.
    await user.tab()
    await user.tab()
    expect(screen.getByRole('button', { name: 'Copy approval link' })).toHaveFocus()
    await user.tab()
    expect(screen.getByRole('button', { name: 'Cancel' })).toHaveFocus()
    await user.tab()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(windows[0]?.location).toContain('/authorize'))
    expect(world.sent).toEqual([sentConnect(settings)])
  })

  it('never holds the address of the sign-in, its state, or anything that came of it', async () => {
    const view = await renderForm(microsoftConfigured)
    await view.fill()
    const opened = await view.openWindow(signIn)
    const { searchParams } = new URL(opened.location)
    const state = searchParams.get('state') ?? ''
    expect(state).not.toBe('')
    await finishAtMicrosoft(view.world, opened)
    await screen.findByText(saying('Signed in as dana@acme.test for sales@acme.test'))
    const kept = everythingKept(view)
    for (const secret of [state, opened.location, '/oauth2/v2.0/authorize', 'access_token', 'refresh_token', 'EXAMPLE_'])
      expect(kept).not.toContain(secret)
  })

  it('has no fault that axe knows: new, wrong, waiting, refused', async () => {
    const { world, fill, user, openWindow } = await renderForm(onlyAdminsConsent)
    await user.click(await screen.findByRole('button', { name: signIn }))
    await screen.findByText('Choose how to send and receive.')
    expect(await findAxeProblems()).toEqual([])
    await fill()
    const opened = await openWindow(signIn)
    await expectState('waiting')
    expect(await findAxeProblems()).toEqual([])
    await finishAtMicrosoft(world, opened)
    await screen.findByText('An administrator has to approve the app')
    expect(await findAxeProblems()).toEqual([])
  })
})
