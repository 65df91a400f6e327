import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, waitFor } from 'storybook/test'
import { configured, connectedCalendar, notConfigured, pollingFallback, separateClients } from '../../../../../.storybook/scenarios.ts'
import { answerSignIn } from '../../../../../.storybook/sign-in-window.ts'
import type { Visit } from '../../../../../.storybook/sign-in-window.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { GoogleCalendarProviderForm } from './google-calendar-provider-form.tsx'

const meta = {
  title: 'Forms/GoogleCalendarProviderForm',
  component: GoogleCalendarProviderForm,
  args: { setupHref: '/settings/google', onConnect: fn() },
  parameters: { scenario: configured },
} satisfies Meta<typeof GoogleCalendarProviderForm>

export default meta

type Story = StoryObj<typeof meta>

/** Starts a real sign-in; what happens in Google's window is the visit. Expects these words afterwards. */
const signIn =
  (visit: Visit, words: string | RegExp): NonNullable<Story['play']> =>
  async ({ canvas, userEvent, loaded }) => {
    answerSignIn(worldOf({ loaded }), visit)
    await userEvent.type(await canvas.findByLabelText('Name'), 'On-call')
    await userEvent.click(canvas.getByRole('button', { name: 'Connect with Google' }))
    await expect((await canvas.findAllByText(words, {}, { timeout: 10_000 }))[0]).toBeVisible()
  }

export const New: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Connect with Google' })).toBeEnabled()
  },
}

export const NotConfigured: Story = {
  parameters: { scenario: notConfigured },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Connect with Google' })).toBeDisabled()
  },
}

export const Invalid: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Connect with Google' }))
    await expect(await canvas.findByText('Enter a name with 1 to 80 characters, on one line.')).toBeVisible()
  },
}

export const Waiting: Story = { play: signIn('stay', 'Finish in the Google window. This page updates by itself.') }

export const Cancelled: Story = { play: signIn('cancel', 'Access was not allowed') }

/** From the consent to the choice; nothing is imported before it is saved. */
export const SignedIn: Story = {
  play: async (context) => {
    await signIn('agree', 'No calendar is chosen yet')(context)
    await waitFor(() => expect(context.args.onConnect).toHaveBeenCalledOnce())
    const { canvas } = context
    await expect(await canvas.findByRole('radio', { name: /Main calendar/ })).toBeChecked()
  },
}

/** Calendar has a client of its own, and the form says which. */
export const SeparateClient: Story = { parameters: { scenario: separateClients } }

export const Connected: Story = {
  parameters: { scenario: connectedCalendar, connectionProp: 'connection' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Changes arrive at once')).toBeVisible()
  },
}

/** Google does not announce changes of this calendar: checked regularly, and healthy. */
export const PollingFallback: Story = {
  parameters: { scenario: pollingFallback, connectionProp: 'connection' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Checked every minute')).toBeVisible()
  },
}

export const SaveError: Story = {
  parameters: { scenario: connectedCalendar, connectionProp: 'connection' },
  play: async ({ canvas, userEvent, loaded }) => {
    await userEvent.type(await canvas.findByLabelText('Name'), ' EU')
    worldOf({ loaded }).surroundings.offline = true
    await userEvent.click(canvas.getByRole('button', { name: 'Save changes' }))
    await expect(await canvas.findByText('No connection')).toBeVisible()
  },
}

export const Narrow: Story = {
  parameters: { scenario: connectedCalendar, connectionProp: 'connection' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Changes arrive at once')).toBeVisible()
  },
  globals: { viewport: { value: 'narrow', isRotated: false } },
}
