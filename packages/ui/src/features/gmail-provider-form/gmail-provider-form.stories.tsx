import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { configured, connectedGmail, notConfigured, seenByMember, slow, storeDown } from '../../../../../.storybook/scenarios.ts'
import { answerSignIn } from '../../../../../.storybook/sign-in-window.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { Field, TextInput } from '../../parts/index.ts'
import { GmailProviderForm } from './gmail-provider-form.tsx'
import { saying } from '../../testing/saying.ts'

const meta = {
  title: 'Forms/GmailProviderForm/New',
  component: GmailProviderForm,
  args: { setupHref: '/settings/google', onCancel: fn(), onConnect: fn(), onOpenExisting: fn() },
  parameters: { scenario: configured },
} satisfies Meta<typeof GmailProviderForm>

export default meta

type Story = StoryObj<typeof meta>

export const New: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Connect with Google' })).toBeEnabled()
  },
}

export const Loading: Story = {
  parameters: { scenario: slow },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: 'Connect Gmail' })).toBeVisible()
    await expect(canvas.queryByLabelText('Gmail address')).toBeNull()
  },
}

/** The organization has no Google app yet; this person can set it up. */
export const NotConfiguredAdmin: Story = {
  parameters: { scenario: notConfigured },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Connect with Google' })).toBeDisabled()
    await expect(await canvas.findByRole('link', { name: /Google setup/ })).toBeVisible()
  },
}

/** The same for somebody who has to ask. */
export const NotConfiguredMember: Story = {
  parameters: { scenario: seenByMember(notConfigured) },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Connect with Google' })).toBeDisabled()
    await expect(canvas.queryByRole('link', { name: /Google setup/ })).toBeNull()
  },
}

export const LoadError: Story = {
  parameters: { scenario: storeDown },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Temporarily unavailable', {}, { timeout: 10_000 })).toBeVisible()
  },
}

export const Invalid: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(await canvas.findByLabelText('Gmail address'), 'support')
    await userEvent.click(canvas.getByRole('button', { name: 'Connect with Google' }))
    await expect(await canvas.findByText(saying('Enter an address like support@acme.com.'))).toBeVisible()
    await expect(await canvas.findByText('Enter a name with 1 to 80 characters, on one line.')).toBeVisible()
  },
}

/** The host's own fields stand among ours and come back in the callbacks. */
export const HostExtraFields: Story = {
  args: {
    extraFields: () => (
      <Field label="Team" help="Tickets from this mailbox go to this team.">
        <TextInput placeholder="Support" />
      </Field>
    ),
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByLabelText('Team')).toBeVisible()
  },
}

/** The mailbox is connected already: the person is sent to that connection. */
export const Duplicate: Story = {
  parameters: { scenario: connectedGmail },
  play: async ({ canvas, userEvent, args, loaded }) => {
    answerSignIn(worldOf({ loaded }), 'stay')
    await userEvent.type(await canvas.findByLabelText('Name'), 'Again')
    await userEvent.type(canvas.getByLabelText('Gmail address'), 'support@acme.test')
    await userEvent.click(canvas.getByRole('button', { name: 'Connect with Google' }))
    // Pressed as by a hand: the field loses its focus while the button is still down.
    const openIt = await canvas.findByRole('button', { name: 'Open it' })
    await userEvent.pointer({ keys: '[MouseLeft>]', target: openIt })
    await new Promise((resolve) => setTimeout(resolve, 100))
    await userEvent.pointer({ keys: '[/MouseLeft]', target: openIt })
    await expect(args.onOpenExisting).toHaveBeenCalledOnce()
  },
}

export const Narrow: Story = { globals: { viewport: { value: 'narrow', isRotated: false } } }
