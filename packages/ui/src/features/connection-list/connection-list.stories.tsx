import type { Meta, StoryObj } from '@storybook/react-vite'
import { addons } from 'storybook/preview-api'
import { expect, fn, waitFor } from 'storybook/test'
import { advanceClock } from '../../../../../.storybook/clock-channel.ts'
import { allBlockedByApp, mixed, seenByReader, twoHundred } from '../../../../../.storybook/connection-scenarios.ts'
import { configured, inUse, notConfigured, seenByMember } from '../../../../../.storybook/scenarios.ts'
import type { StoryWorld } from '../../../../../.storybook/create-story-world.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { ConnectionList } from './connection-list.tsx'
import { saying } from '../../testing/saying.ts'

const meta = {
  title: 'Panels/ConnectionList',
  component: ConnectionList,
  args: { onAdd: fn(), onOpen: fn(), onDiagnose: fn(), setupHref: '/settings/google' },
  parameters: { scenario: mixed },
} satisfies Meta<typeof ConnectionList>

export default meta

type Story = StoryObj<typeof meta>

const stateOf = (canvasElement: HTMLElement) => canvasElement.querySelector<HTMLElement>('.tn-connection-list')?.dataset['state']

const namesOf = (canvasElement: HTMLElement) => [...canvasElement.querySelectorAll('.tn-connection-name')].map((name) => name.textContent)

/** What needs somebody stands first; the head counts. */
export const Mixed: Story = {
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText('5 connections: 2 working, 1 needs attention, 1 paused, 1 not connected')).toBeVisible()
    await waitFor(() => expect(namesOf(canvasElement)).toEqual(['Sales', 'Billing', 'On-call', 'Support', 'Archive']))
    await expect(await canvas.findByText(saying('Reconnect sales@acme.test'))).toBeVisible()
    await expect(canvas.getAllByRole('button', { name: 'Reconnect' })).toHaveLength(1)
  },
}

export const Empty: Story = {
  parameters: { scenario: configured },
  play: async ({ canvas, userEvent, args }) => {
    await expect(await canvas.findByText('No connections yet')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Connect Gmail' }))
    await expect(args.onAdd).toHaveBeenCalledWith('gmail')
  },
}

/** The host's filter leaves nothing. */
export const FilteredEmpty: Story = {
  args: { filter: { health: ['error'] }, onClearFilter: fn() },
  play: async ({ canvas, userEvent, args }) => {
    await expect(await canvas.findByText('No connections match.')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Clear filter' }))
    await expect(args.onClearFilter).toHaveBeenCalledOnce()
  },
}

/** There is no Google app: first things first. */
export const NotConfigured: Story = {
  parameters: { scenario: notConfigured },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('link', { name: 'Open Google setup' })).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Connect Gmail' })).toBeDisabled()
  },
}

/** One fault of the app, said once above all that it stops. */
export const OneAppBroken: Story = {
  parameters: { scenario: allBlockedByApp },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText('All 2 connections are affected.')).toBeVisible()
    await waitFor(() => expect(canvas.getAllByText('Not working')).toHaveLength(2))
    await expect(canvasElement.querySelectorAll('.tn-callout')).toHaveLength(1)
    await expect(await canvas.findByRole('link', { name: 'Open Google setup' })).toBeVisible()
  },
}

export const OneAppBrokenMember: Story = {
  parameters: { scenario: seenByMember(allBlockedByApp) },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Ask an admin to repair the Google setup.')).toBeVisible()
  },
}

const held = async (world: StoryWorld) => {
  world.surroundings.held = ['GET /connections']
}

export const Loading: Story = {
  parameters: { scenario: held },
  play: async ({ canvas, canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('.tn-loading')).toHaveAttribute('data-state', 'shown'))
    await expect(stateOf(canvasElement)).toBe('loading')
    await expect(canvas.queryByRole('button')).toBeNull()
  },
}

const offline = async (world: StoryWorld) => {
  world.surroundings.offline = true
}

export const LoadError: Story = {
  parameters: { scenario: offline },
  play: async ({ canvas, canvasElement, userEvent, loaded }) => {
    await canvas.findByRole('alert', {}, { timeout: 10_000 })
    await expect(stateOf(canvasElement)).toBe('error')
    worldOf({ loaded }).surroundings.offline = false
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }))
    await expect(await canvas.findByRole('heading', { name: 'Connections' })).toBeVisible()
    await waitFor(() => expect(stateOf(canvasElement)).toBe('empty'))
  },
}

export const Forbidden: Story = {
  parameters: {
    scenario: async (world: StoryWorld) => {
      world.surroundings.denied = ['connection.read', 'google.read']
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert', {}, { timeout: 10_000 })).toHaveTextContent('You cannot')
    await expect(canvas.queryByRole('button', { name: 'Try again' })).toBeNull()
  },
}

/** What was read stays, with a word. */
export const Stale: Story = {
  play: async ({ canvas, canvasElement, loaded }) => {
    await canvas.findByText(saying('Reconnect sales@acme.test'))
    worldOf({ loaded }).surroundings.offline = true
    addons.getChannel().emit(advanceClock, 5 * 60_000)
    await expect(await canvas.findByText(/Could not refresh/, {}, { timeout: 15_000 })).toHaveTextContent(
      'Updated 5 minutes ago. Could not refresh.',
    )
    await expect(stateOf(canvasElement)).toBe('stale')
    await expect(canvas.getByRole('heading', { name: 'Support' })).toBeVisible()
  },
}

export const Table: Story = {
  args: { view: 'table' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('table', { name: 'Connections' })).toBeVisible()
    await waitFor(() => expect(canvas.getAllByRole('rowheader')).toHaveLength(5))
    await expect(canvas.getByRole('button', { name: 'Reconnect' })).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Connect again' })).toBeVisible()
  },
}

export const TableNarrow: Story = {
  args: { view: 'table' },
  globals: { viewport: { value: 'narrow', isRotated: false } },
  play: async ({ canvas, canvasElement }) => {
    await waitFor(() => expect(canvas.getAllByRole('rowheader')).toHaveLength(5))
    const root = canvasElement.querySelector('.tn-connection-list')
    await expect(root?.scrollWidth).toBeLessThanOrEqual(root?.clientWidth ?? 0)
  },
}

/** A page of 25 at a time, and a search over all. */
export const TwoHundred: Story = {
  parameters: { scenario: twoHundred },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await expect(await canvas.findByText(/^200 connections: /)).toBeVisible()
    await waitFor(() => expect(namesOf(canvasElement)).toHaveLength(25))
    await userEvent.click(canvas.getByRole('button', { name: 'Next' }))
    await expect(canvas.getByText('26 to 50 of 200')).toBeVisible()
    await userEvent.type(canvas.getByRole('searchbox'), 'box-19')
    await waitFor(() => expect(namesOf(canvasElement)).toHaveLength(10))
  },
}

/** All at once: no row costs so much that anyone would notice. */
export const TwoHundredAtOnce: Story = {
  args: { pageSize: 200 },
  // The same rows as on a page of 25, where axe does not take half a minute.
  parameters: { scenario: twoHundred, a11y: { test: 'off' } },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(namesOf(canvasElement)).toHaveLength(200), { timeout: 10_000 })
    await expect(canvasElement.querySelector('nav')).toBeNull()
  },
}

/** A member who may look, and not act. */
export const ReadOnlyMember: Story = {
  render: () => <ConnectionList onOpen={fn()} onDiagnose={fn()} />,
  parameters: { scenario: seenByReader(mixed) },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('You can look at these connections. Ask an admin to change them.')).toBeVisible()
    await canvas.findByText(saying('Reconnect sales@acme.test'))
    await expect(canvas.queryAllByRole('button')).toEqual([])
  },
}

export const Dark: Story = {
  globals: { theme: 'dark' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(saying('Reconnect sales@acme.test'))).toBeVisible()
  },
}

export const Narrow: Story = {
  globals: { viewport: { value: 'narrow', isRotated: false } },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByText(saying('Reconnect sales@acme.test'))
    const root = canvasElement.querySelector('.tn-connection-list')
    await expect(root?.scrollWidth).toBeLessThanOrEqual(root?.clientWidth ?? 0)
  },
}

export const German: Story = {
  globals: { locale: 'de' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: 'Verbindungen' })).toBeVisible()
    await expect(await canvas.findByText(saying('sales@acme.test neu verbinden'))).toBeVisible()
  },
}

/** Mailbox and calendar, both working. */
export const Healthy: Story = {
  parameters: { scenario: inUse },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('2 connections: 2 working')).toBeVisible()
  },
}
