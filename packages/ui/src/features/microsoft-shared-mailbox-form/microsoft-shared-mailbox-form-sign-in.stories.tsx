import type { Meta, StoryObj } from '@storybook/react-vite'
import type { Canvas } from 'storybook/internal/csf'
import { expect, fn, waitFor } from 'storybook/test'
import { mailboxSettingUp, microsoftConfigured, onlyAdminsConsent } from '../../../../../.storybook/microsoft-scenarios.ts'
import { blockWindows, answerSignIn } from '../../../../../.storybook/sign-in-window.ts'
import type { Visit } from '../../../../../.storybook/sign-in-window.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { MicrosoftSharedMailboxForm } from './microsoft-shared-mailbox-form.tsx'
import { saying } from '../../testing/saying.ts'

const meta = {
  title: 'Forms/MicrosoftSharedMailboxForm/Signing in',
  component: MicrosoftSharedMailboxForm,
  args: { setupHref: '/settings/microsoft', onConnect: fn() },
  parameters: { scenario: microsoftConfigured },
} satisfies Meta<typeof MicrosoftSharedMailboxForm>

export default meta

type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

async function connect(canvas: Canvas, person: Context['userEvent'], way = 'Microsoft Graph'): Promise<void> {
  await person.type(await canvas.findByLabelText('Name'), 'Sales')
  await person.type(canvas.getByLabelText('Shared mailbox address'), 'sales@acme.test')
  await person.click(canvas.getByRole('radio', { name: way }))
  await person.click(canvas.getByRole('button', { name: 'Sign in with Microsoft' }))
}

/** Starts a real sign-in; what happens in Microsoft's window is the visit. Expects these words afterwards. */
const signIn =
  (visit: Visit, words: string | RegExp): NonNullable<Story['play']> =>
  async ({ canvas, userEvent, loaded }) => {
    answerSignIn(worldOf({ loaded }), visit)
    await connect(canvas, userEvent)
    await expect((await canvas.findAllByText(saying(words), {}, { timeout: 10_000 }))[0]).toBeVisible()
  }

export const Waiting: Story = { play: signIn('stay', 'Finish in the Microsoft window. This page updates by itself.') }

export const WindowGone: Story = { play: signIn('close', 'The Microsoft window closed before we heard back.') }

export const Blocked: Story = {
  play: async ({ canvas, userEvent }) => {
    blockWindows()
    await connect(canvas, userEvent)
    await expect(await canvas.findByText('Your browser blocked the Microsoft window.')).toBeVisible()
  },
}

/** People may not agree for themselves: the link for whoever may stands beside the words. */
export const ConsentRequired: Story = {
  parameters: { scenario: onlyAdminsConsent },
  play: async (context) => {
    await signIn('agree', 'An administrator has to approve the app')(context)
    await expect(context.canvas.getAllByRole('button', { name: 'Copy approval link' })).toHaveLength(2)
    await expect(context.canvas.getByRole('button', { name: 'Try again' })).toBeVisible()
  },
}

/** Signed in a moment ago. */
export const Verifying: Story = {
  parameters: { scenario: mailboxSettingUp, connectionProp: 'connection' },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByRole('list', { name: 'Setting up' })).toHaveTextContent(
      /Save sign-in, done.*Open the mailbox.*First import, working/,
    )
    await expect(canvasElement.querySelector('.tn-card')).toHaveAttribute('data-state', 'setting-up')
  },
}

export const Declined: Story = { play: signIn('cancel', 'The permissions were declined') }

/** The whole round trip, then what the server does with it. */
export const Connected: Story = {
  play: async (context) => {
    const { args, loaded, canvas } = context
    await signIn('agree', 'Signed in as dana@acme.test for sales@acme.test')(context)
    await waitFor(() => expect(args.onConnect).toHaveBeenCalledOnce())
    await expect(await canvas.findByText('Setting up')).toBeVisible()
    await worldOf({ loaded }).settle()
  },
}
