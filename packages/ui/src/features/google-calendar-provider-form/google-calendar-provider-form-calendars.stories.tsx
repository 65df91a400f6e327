import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen, waitFor, within } from 'storybook/test'
import {
  calendarDeleted,
  calendarsUnreadable,
  choosing,
  noCalendars,
  oneOfMany,
  readOnlyCalendar,
  resyncing,
  toGoogleOnly,
} from '../../../../../.storybook/calendar-scenarios.ts'
import { seenByReader } from '../../../../../.storybook/connection-scenarios.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { GoogleCalendarProviderForm } from './google-calendar-provider-form.tsx'
import { saying } from '../../testing/saying.ts'

const meta = {
  title: 'Forms/GoogleCalendarProviderForm/Calendars',
  component: GoogleCalendarProviderForm,
  args: { setupHref: '/settings/google', onConnect: fn(), onSave: fn() },
  parameters: { scenario: choosing, connectionProp: 'connection' },
} satisfies Meta<typeof GoogleCalendarProviderForm>

export default meta

type Story = StoryObj<typeof meta>

/** Waits for the card to be in a state, and expects these words in it. */
const reaches =
  (phase: string, words: string | RegExp): NonNullable<Story['play']> =>
  async ({ canvas, canvasElement }) => {
    await expect((await canvas.findAllByText(words))[0]).toBeVisible()
    await expect(canvasElement.querySelector('.tn-card')).toHaveAttribute('data-state', phase)
  }

/** The account's calendars, the main one chosen; what cannot be chosen says why. */
export const ChooseCalendar: Story = {
  play: async (context) => {
    await reaches('choosing', 'No calendar is chosen yet')(context)
    const { canvas } = context
    await expect(await canvas.findByRole('radio', { name: /Main calendar/ })).toBeChecked()
    await expect(canvas.getByRole('radio', { name: 'Board' })).toBeDisabled()
    await expect(canvas.getByRole('button', { name: 'Save' })).toBeEnabled()
  },
}

/** Chosen and saved: the import starts. */
export const Started: Story = {
  play: async ({ canvas, canvasElement, userEvent, args, loaded }) => {
    await userEvent.click(await canvas.findByRole('radio', { name: 'Field team' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(args.onSave).toHaveBeenCalledOnce())
    await worldOf({ loaded }).settle()
    await waitFor(() => expect(canvasElement.querySelector('.tn-card')).toHaveAttribute('data-state', 'connected'), { timeout: 10_000 })
  },
}

export const NoCalendars: Story = {
  parameters: { scenario: noCalendars },
  play: async (context) => {
    await expect(await context.canvas.findByText('No calendars found', {}, { timeout: 10_000 })).toBeVisible()
    await expect(context.canvas.getByRole('button', { name: 'Save' })).toBeDisabled()
  },
}

export const CalendarsError: Story = {
  parameters: { scenario: calendarsUnreadable },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Google did not answer', {}, { timeout: 10_000 })).toBeVisible()
  },
}

/** Chosen, but only to view: the direction follows, and says why. */
export const ChooseReadOnlyCalendar: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('radio', { name: 'Roster' }))
    await expect(await canvas.findByRole('radio', { name: 'Google to Helpdesk only' })).toBeChecked()
    await expect(canvas.getByRole('radio', { name: 'Both ways' })).toBeDisabled()
  },
}

/** The right to change it was taken back later; saving the direction that only reads mends it. */
export const ReadOnlyCalendar: Story = {
  parameters: { scenario: readOnlyCalendar },
  play: async (context) => {
    await reaches('read-only-calendar', 'You can only view this calendar')(context)
    await waitFor(() => expect(context.canvas.getByRole('button', { name: 'Save changes' })).toBeEnabled(), { timeout: 10_000 })
  },
}

export const CalendarDeleted: Story = {
  parameters: { scenario: calendarDeleted },
  play: async (context) => {
    await reaches('calendar-deleted', 'The calendar no longer exists in Google')(context)
    await expect(await context.canvas.findByRole('radio', { name: /Main calendar/ })).toBeEnabled()
  },
}

export const Connected: Story = { parameters: { scenario: oneOfMany }, play: reaches('connected', 'Changes arrive at once') }

export const ReadOnlyPerson: Story = { parameters: { scenario: seenByReader(oneOfMany) }, play: reaches('connected', 'Main calendar') }

export const ToGoogleOnly: Story = { parameters: { scenario: toGoogleOnly }, play: reaches('connected', 'Nothing is imported') }

/** Everything is read anew, because another calendar was chosen. */
export const FullResync: Story = {
  parameters: { scenario: resyncing },
  play: reaches('resync-running', 'Syncing again from the start'),
}

export const SwitchCalendarDialog: Story = {
  parameters: { scenario: oneOfMany },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('radio', { name: 'Field team' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Save changes' }))
    await screen.findByRole('dialog', { name: 'Switch calendar?' })
    await expect(screen.getByRole('button', { name: 'Keep the calendar' })).toHaveFocus()
  },
}

/** Another calendar of the same account, without another sign-in. */
export const ConnectAnotherDialog: Story = {
  parameters: { scenario: oneOfMany },
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Connect another calendar of dana@acme.test' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Connect another calendar' }))
    await userEvent.type(dialog.getByLabelText('Name'), 'Field team')
    await userEvent.click(await dialog.findByRole('radio', { name: 'Field team' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Connect calendar' }))
    await waitFor(() => expect(args.onConnect).toHaveBeenCalledOnce())
    await expect(await canvas.findByText(saying('Connected: Field team.'))).toBeVisible()
  },
}

export const Narrow: Story = {
  play: reaches('choosing', 'No calendar is chosen yet'),
  globals: { viewport: { value: 'narrow', isRotated: false } },
}
