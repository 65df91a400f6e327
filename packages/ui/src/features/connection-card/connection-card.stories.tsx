import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen, waitFor } from 'storybook/test'
import { jobsStoodStill, messageSetAside, seenByReader } from '../../../../../.storybook/connection-scenarios.ts'
import {
  connectedMailbox,
  mailboxBlockedByApp,
  mailboxNeedsReauth,
  noFullAccess,
  relayImapOff,
} from '../../../../../.storybook/microsoft-scenarios.ts'
import {
  apiDisabled,
  connectedCalendar,
  connectedGmail,
  disconnected,
  needsReauth,
  notAnnounced,
  outOfReach,
  paused,
  pollingFallback,
  settingUp,
  signInEndsSoon,
  unfinished,
} from '../../../../../.storybook/scenarios.ts'
import { answerSignIn } from '../../../../../.storybook/sign-in-window.ts'
import { reachesCondition as reaches } from '../../../../../.storybook/reaches-condition.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { ConnectionCard } from './connection-card.tsx'
import { saying } from '../../testing/saying.ts'

const meta = {
  title: 'Elements/ConnectionCard',
  component: ConnectionCard,
  args: { connection: '', onOpen: fn(), onDiagnose: fn(), setupHref: (vendor) => `/settings/${vendor}` },
  parameters: { scenario: connectedGmail, connectionProp: 'connection' },
} satisfies Meta<typeof ConnectionCard>

export default meta

type Story = StoryObj<typeof meta>

export const Healthy: Story = { play: reaches('fine', 'Connected', 'Last mail4 minutes ago', 'DeliveryInstant', /Renewsin \d days/) }

export const Calendar: Story = {
  parameters: { scenario: connectedCalendar },
  play: reaches('fine', 'On-call', 'CalendarMain calendar', 'Last change'),
}

/** Whoever signed in stands beside the address of the mailbox that they did it for. */
export const SharedMailbox: Story = {
  parameters: { scenario: connectedMailbox },
  play: reaches('fine', 'sales@acme.test', 'Signed in asdana@acme.test', 'Send and receiveMicrosoft Graph', 'DeliveryEvery minute'),
}

export const SharedMailboxNoAccess: Story = {
  parameters: { scenario: noFullAccess },
  play: reaches('failing', 'No access to the mailbox', /dana@acme\.test.? cannot open .?sales@acme\.test/),
}

export const SharedMailboxNeedsReauth: Story = {
  parameters: { scenario: mailboxNeedsReauth },
  play: reaches('grant_dead', 'Reconnect sales@acme.test', /Microsoft ended the sign-in/),
}

export const SharedMailboxImapOff: Story = {
  parameters: { scenario: relayImapOff },
  play: reaches('failing', 'IMAP signs in but opens no mailbox', /Full Access is missing, or IMAP is off/),
}

/** The way out leads to the setup of the vendor whose app it is. */
export const SharedMailboxAppBroken: Story = {
  parameters: { scenario: mailboxBlockedByApp },
  play: async (context) => {
    await reaches('app_broken', 'The Microsoft app of your organization is broken.')(context)
    await expect(await context.canvas.findByRole('link', { name: 'Open Microsoft setup' })).toHaveAttribute('href', '/settings/microsoft')
  },
}

/** Signed in a moment ago: nothing has come in yet. */
export const NeverSynced: Story = { parameters: { scenario: settingUp }, play: reaches('fine', 'Last mailNothing yet') }

/** Nobody renewed the watch for days, and it ends within the day. */
export const ExpiringSoon: Story = {
  parameters: { scenario: jobsStoodStill(6.5) },
  play: reaches('renewal_late', 'Needs attention soon', 'The watch was not renewed for days', /Renewsin 1\d hours/),
}

/** The app is in Testing: Google ends the sign-in after seven days. */
export const TestingExpiry: Story = {
  parameters: { scenario: signInEndsSoon },
  play: reaches('sign_in_ending', 'Needs attention soon', /The sign-in ends on Nov 28, 2026/, 'Publish the app, then reconnect once.'),
}

export const WatchExpired: Story = {
  parameters: { scenario: jobsStoodStill(9) },
  play: reaches('watch_expired', 'New mail is not announced', /RenewsExpired/, 'Messages are not lost'),
}

/** Renewed by hand: the watch is good again. */
export const Renewed: Story = {
  parameters: { scenario: jobsStoodStill(9) },
  play: async ({ canvas, userEvent, loaded }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Renew now' }))
    await expect(await canvas.findByText('Notifications are being renewed.')).toBeVisible()
    const world = worldOf({ loaded })
    await world.settle()
    const { health } = await world.sdk.gmail.get({
      principal: { tenantId: 'acme', userId: 'dana' },
      connectionId: String(loaded['connectionId']),
    })
    await expect(health.status).toBe('connected')
  },
}

export const GrantDead: Story = {
  parameters: { scenario: needsReauth },
  play: async (context) => {
    await reaches('grant_dead', 'Reconnect support@acme.test', 'Messages are not lost', /Google ended the sign-in/)(context)
    await expect(context.canvas.getByRole('button', { name: 'Reconnect' })).toBeVisible()
    await expect(context.canvas.queryByRole('button', { name: 'Resume' })).toBeNull()
  },
}

/** A policy keeps Gmail from announcing mail: it is looked for instead. */
export const PollingFallback: Story = {
  parameters: { scenario: notAnnounced },
  play: reaches('polling_fallback', /Checked every (minute|\d+ minutes) instead of instantly/, /DeliveryEvery/),
}

/** Google cannot announce this calendar: nothing to repair. */
export const PollingOnly: Story = {
  parameters: { scenario: pollingFallback },
  play: async (context) => {
    await reaches('polling_fallback', 'This calendar cannot announce changes')(context)
    await expect(context.canvas.queryByRole('button', { name: 'Try notifications again' })).toBeNull()
  },
}

export const ErrorWithBackoff: Story = {
  parameters: { scenario: apiDisabled },
  play: reaches('failing', 'Not working', /is not enabled/, 'Try now'),
}

export const Paused: Story = {
  parameters: { scenario: paused },
  play: reaches('paused', 'Nothing is imported until you resume.', 'Resume'),
}

/** Paused from the menu, taken back with Undo. */
export const PausedAndUndone: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Actions for Support' }))
    await userEvent.click(screen.getByRole('menuitem', { name: 'Pause' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Undo' }))
    await expect(await canvas.findByText('Resumed.')).toBeVisible()
    await waitFor(() => expect(canvas.getByText('Connected')).toBeVisible())
  },
}

/** The window is open; the card waits. */
export const Reconnecting: Story = {
  parameters: { scenario: needsReauth },
  beforeEach: (context) => answerSignIn(worldOf(context), 'stay'),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Reconnect' }))
    await expect(await canvas.findByText(/Finish in the Google window/)).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Show the window' })).toBeVisible()
  },
}

/** Reconnecting a dead grant, through to connected. */
export const Reconnected: Story = {
  parameters: { scenario: needsReauth },
  args: { onReconnect: fn() },
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Reconnect' }))
    await expect(await canvas.findByText(saying('Connected as support@acme.test.'), {}, { timeout: 10_000 })).toBeVisible()
    await waitFor(() => expect(canvas.queryByText('Reconnect needed')).toBeNull())
    await expect(args.onReconnect).toHaveBeenCalledOnce()
  },
}

export const Unfinished: Story = { parameters: { scenario: unfinished }, play: reaches('unfinished', 'The sign-in was not finished.') }

export const Disconnected: Story = { parameters: { scenario: disconnected }, play: reaches('disconnected', 'Connect again') }

export const MenuOpen: Story = {
  play: async ({ canvas, userEvent }) => {
    const button = await canvas.findByRole('button', { name: 'Actions for Support' })
    await userEvent.click(button)
    const labels = screen.getAllByRole('menuitem').map((item) => item.textContent)
    await expect(labels).toEqual(['Reconnect', 'Check now', 'Renew now', 'Pause', 'Edit', 'Run checks', 'Disconnect'])
    await userEvent.keyboard('d')
    await expect(screen.getByRole('menuitem', { name: 'Disconnect' })).toHaveFocus()
  },
}

/** One message cannot be read; the others go on. */
export const SetAside: Story = {
  parameters: { scenario: messageSetAside },
  play: reaches('quarantined', '1 message was set aside', 'Try again'),
}

export const DetailsOpen: Story = {
  args: { expanded: true },
  play: reaches('fine', 'Topic', 'Push address', 'Failed attempts in a row', 'Connection ID'),
}

/** A member who may look, and not act. */
export const ReadOnlyMember: Story = {
  parameters: { scenario: seenByReader(needsReauth) },
  play: async (context) => {
    await reaches('grant_dead', 'Reconnect support@acme.test')(context)
    await expect(context.canvas.queryAllByRole('button')).toEqual([])
  },
}

export const NotLoaded: Story = {
  parameters: { scenario: outOfReach },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert', {}, { timeout: 10_000 })).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Try again' })).toBeVisible()
  },
}

export const Narrow: Story = {
  parameters: { scenario: needsReauth },
  globals: { viewport: { value: 'narrow', isRotated: false } },
  play: reaches('grant_dead', 'Reconnect support@acme.test'),
}

export const LongLocale: Story = {
  parameters: { scenario: needsReauth },
  globals: { locale: 'en-XA' },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('.tn-callout')).not.toBeNull())
  },
}
