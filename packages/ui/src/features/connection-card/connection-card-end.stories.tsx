import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen, waitFor, within } from 'storybook/test'
import {
  endedByReset,
  goodbyeGivenUp,
  goodbyePending,
  googleIsBack,
  resetUnconfirmed,
  revokeFails,
  sharedSignIn,
  stopFails,
} from '../../../../../.storybook/goodbye-scenarios.ts'
import { reachesCondition as reaches } from '../../../../../.storybook/reaches-condition.ts'
import { connectedGmail } from '../../../../../.storybook/scenarios.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { ConnectionCard } from './connection-card.tsx'
import { saying } from '../../testing/saying.ts'

const meta = {
  title: 'Elements/ConnectionCard/End',
  component: ConnectionCard,
  args: { connection: '', onOpen: fn(), onDiagnose: fn(), setupHref: '/settings/google' },
  parameters: { scenario: connectedGmail, connectionProp: 'connection' },
} satisfies Meta<typeof ConnectionCard>

export default meta

type Story = StoryObj<typeof meta>
type Person = Parameters<NonNullable<Story['play']>>[0]

/** Chooses Disconnect in the menu. */
async function askToDisconnect({ canvas, userEvent }: Pick<Person, 'canvas' | 'userEvent'>) {
  await userEvent.click(await canvas.findByRole('button', { name: 'Actions for Support' }))
  await userEvent.click(screen.getByRole('menuitem', { name: 'Disconnect' }))
  return within(await screen.findByRole('dialog', { name: 'Disconnect support@acme.test?' }))
}

export const DisconnectDialog: Story = {
  play: async (context) => {
    const dialog = await askToDisconnect(context)
    await waitFor(() => expect(dialog.getByRole('button', { name: 'Keep connected' })).toHaveFocus())
    await expect(dialog.getByRole('checkbox', { name: 'Also remove Helpdesk’s access in the Google account' })).toBeChecked()
  },
}

/** The calendar of the same account would end with it, so the access stays. */
export const DisconnectSharedSignIn: Story = {
  parameters: { scenario: sharedSignIn },
  play: async (context) => {
    const dialog = await askToDisconnect(context)
    const revoke = dialog.getByRole('checkbox', { name: /Also remove/ })
    await expect(revoke).not.toBeChecked()
    await expect(revoke).toBeDisabled()
    await expect(dialog.getByText('Other connections use this sign-in. Google would end those too.')).toBeVisible()
    const { sandbox } = worldOf(context)
    sandbox.clearRequests()
    await context.userEvent.click(dialog.getByRole('button', { name: 'Disconnect' }))
    await expect(await context.canvas.findByText('Disconnected.')).toBeVisible()
    await expect(sandbox.requests.map(({ operation }) => operation)).toEqual(['gmail.stop'])
  },
}

/** The person wants to leave the access in the account. */
export const DisconnectKeepsAccess: Story = {
  play: async (context) => {
    const { sandbox } = worldOf(context)
    const dialog = await askToDisconnect(context)
    await context.userEvent.click(dialog.getByRole('checkbox', { name: /Also remove/ }))
    sandbox.clearRequests()
    await context.userEvent.click(dialog.getByRole('button', { name: 'Disconnect' }))
    await expect(await context.canvas.findByText('Disconnected.')).toBeVisible()
    await expect(sandbox.requests.map(({ operation }) => operation)).toEqual(['gmail.stop'])
  },
}

export const Disconnecting: Story = {
  play: async (context) => {
    const dialog = await askToDisconnect(context)
    worldOf(context).surroundings.held = [`POST /connections/${String(context.loaded['connectionId'])}/disconnect`]
    await context.userEvent.click(dialog.getByRole('button', { name: 'Disconnect' }))
    await waitFor(() => expect(dialog.getByRole('button', { name: 'Keep connected' })).toBeDisabled())
  },
}

export const DisconnectFailed: Story = {
  play: async (context) => {
    const dialog = await askToDisconnect(context)
    worldOf(context).surroundings.offline = true
    await context.userEvent.click(dialog.getByRole('button', { name: 'Disconnect' }))
    await expect(await dialog.findByText('No connection')).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Keep connected' })).toBeEnabled()
  },
}

/** Disconnected and told: there is nothing more to say. */
export const DisconnectDone: Story = {
  play: async (context) => {
    const dialog = await askToDisconnect(context)
    await context.userEvent.click(dialog.getByRole('button', { name: 'Disconnect' }))
    await reaches('disconnected', 'Disconnected.', 'Helpdesk has no access any more.')(context)
    await expect(context.canvas.queryByText(/not confirmed/)).toBeNull()
  },
}

/** Disconnected here; Google did not say that it took the access back. */
export const DisconnectRevokeFailed: Story = {
  parameters: { scenario: revokeFails },
  play: async (context) => {
    const dialog = await askToDisconnect(context)
    await context.userEvent.click(dialog.getByRole('button', { name: 'Disconnect' }))
    await reaches('disconnected', 'Disconnected here', 'Google has not confirmed yet. It is tried again in a moment.')(context)
    await expect(context.canvas.getByRole('link', { name: /Google account permissions/ })).toBeVisible()
  },
}

/** Some minutes later Google still does not answer. */
export const DisconnectRetried: Story = {
  parameters: { scenario: goodbyePending },
  play: reaches('disconnected', 'Disconnected here', /Google has not confirmed yet. Trying again at 8:\d\d AM\./),
}

/** The access is gone, and Google does not take word about the notifications. */
export const DisconnectStopFailed: Story = {
  parameters: { scenario: stopFails },
  play: async (context) => {
    const dialog = await askToDisconnect(context)
    await context.userEvent.click(dialog.getByRole('button', { name: 'Disconnect' }))
    await reaches('disconnected', 'Disconnected here', /Google has not confirmed yet/)(context)
  },
}

/** Told once Google answers again. */
export const DisconnectConfirmedLater: Story = {
  parameters: { scenario: revokeFails },
  play: async (context) => {
    const dialog = await askToDisconnect(context)
    await context.userEvent.click(dialog.getByRole('button', { name: 'Disconnect' }))
    await reaches('disconnected', /Google has not confirmed yet/)(context)
    const world = worldOf(context)
    await googleIsBack(world)
    const connectionId = String(context.loaded['connectionId'])
    const { goodbye } = await world.sdk.gmail.get({ principal: { tenantId: 'acme', userId: 'dana' }, connectionId })
    await expect(goodbye).toBeNull()
  },
}

/** A week without a word from Google: a person has to do it. */
export const DisconnectUnconfirmed: Story = {
  parameters: { scenario: goodbyeGivenUp },
  play: async (context) => {
    await reaches('disconnected', 'Disconnected here. Google did not confirm.', 'Remove the access of Helpdesk')(context)
    await expect(context.canvas.getByRole('link', { name: /Google account permissions/ })).toBeVisible()
  },
}

/** An admin reset Google: this connection has to be connected anew. */
export const EndedByReset: Story = {
  parameters: { scenario: endedByReset },
  play: async (context) => {
    await reaches('reset', 'An admin reset Google', 'Nothing is lost in Google.')(context)
    await expect(context.canvas.getByRole('button', { name: 'Reconnect' })).toHaveAttribute('data-variant', 'primary')
    await expect(context.canvas.queryByText(/not confirmed/)).toBeNull()
  },
}

export const EndedByResetUnconfirmed: Story = {
  parameters: { scenario: resetUnconfirmed },
  play: reaches('reset', 'An admin reset Google', /Google has not confirmed yet. Trying again at 8:\d\d AM\./),
}

/** Reconnected after a reset, through to connected. */
export const ReconnectedAfterReset: Story = {
  parameters: { scenario: endedByReset },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Reconnect' }))
    await expect(await canvas.findByText(saying('Connected as support@acme.test.'), {}, { timeout: 10_000 })).toBeVisible()
    await waitFor(() => expect(canvas.queryByText('An admin reset Google')).toBeNull())
  },
}

export const EndedByResetNarrow: Story = {
  parameters: { scenario: resetUnconfirmed },
  globals: { viewport: { value: 'narrow', isRotated: false } },
  play: reaches('reset', 'An admin reset Google'),
}
