import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, spyOn, waitFor } from 'storybook/test'
import type { Canvas } from 'storybook/internal/csf'
import { configured } from '../../../../../.storybook/scenarios.ts'
import { blockWindows, answerSignIn } from '../../../../../.storybook/sign-in-window.ts'
import type { Visit } from '../../../../../.storybook/sign-in-window.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { GmailProviderForm } from './gmail-provider-form.tsx'

const meta = {
  title: 'Forms/GmailProviderForm/Signing in',
  component: GmailProviderForm,
  args: { setupHref: '/settings/google', onConnect: fn() },
  parameters: { scenario: configured },
} satisfies Meta<typeof GmailProviderForm>

export default meta

type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

async function connect(canvas: Canvas, person: Context['userEvent']): Promise<void> {
  await person.type(await canvas.findByLabelText('Name'), 'Support')
  await person.type(canvas.getByLabelText('Gmail address'), 'support@acme.test')
  await person.click(canvas.getByRole('button', { name: 'Connect with Google' }))
}

/** Starts a real sign-in; what happens in Google's window is the visit. Expects these words afterwards. */
const signIn =
  (visit: Visit, words: string | RegExp): NonNullable<Story['play']> =>
  async ({ canvas, userEvent, loaded }) => {
    answerSignIn(worldOf({ loaded }), visit)
    await connect(canvas, userEvent)
    await expect((await canvas.findAllByText(words, {}, { timeout: 10_000 }))[0]).toBeVisible()
  }

export const Opening: Story = {
  play: async ({ canvas, userEvent, loaded }) => {
    const world = worldOf({ loaded })
    answerSignIn(world, 'stay')
    world.surroundings.held = ['POST /connections']
    await connect(canvas, userEvent)
    await expect(await canvas.findByText('Opening Google…')).toBeVisible()
  },
}

export const Waiting: Story = { play: signIn('stay', 'Finish in the Google window. This page updates by itself.') }

export const Blocked: Story = {
  play: async ({ canvas, userEvent }) => {
    blockWindows()
    await connect(canvas, userEvent)
    await expect(await canvas.findByText('Your browser blocked the Google window.')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Continue in this tab' })).toBeEnabled()
  },
}

export const WindowGone: Story = { play: signIn('close', 'The Google window closed before we heard back.') }

/** Most of Google's errors never come back to us: the person says what was on the screen. */
export const WhatDidGoogleShow: Story = {
  play: async (context) => {
    const { canvas, userEvent } = context
    await signIn('close', 'The Google window closed before we heard back.')(context)
    await userEvent.click(await canvas.findByText('What did Google show?'))
    await userEvent.click(await canvas.findByText('Error 400: redirect_uri_mismatch'))
    await expect(await canvas.findByRole('button', { name: 'Copy redirect URI' })).toBeVisible()
  },
}

export const Cancelled: Story = { play: signIn('cancel', 'Access was not allowed') }

export const WrongAccount: Story = { play: signIn({ address: 'dana@acme.test' }, 'You signed in with another account') }

export const ScopeMissing: Story = {
  play: signIn(
    { address: 'support@acme.test', scopes: ['openid', 'https://www.googleapis.com/auth/userinfo.email'] },
    'Some permissions were not allowed',
  ),
}

/** The whole round trip: consent, callback, first import. */
export const Connected: Story = {
  play: async (context) => {
    const { args, loaded } = context
    await signIn('agree', 'support@acme.test')(context)
    await waitFor(() => expect(args.onConnect).toHaveBeenCalledOnce())
    await worldOf({ loaded }).settle()
  },
}

export const InAppBrowser: Story = {
  beforeEach: () => {
    spyOn(navigator, 'userAgent', 'get').mockReturnValue('Mozilla/5.0 (Linux; Android 16; wv) AppleWebKit/537.36 Instagram 300.0')
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Google does not allow sign-in inside in-app browsers.')).toBeVisible()
  },
}

export const SaveError: Story = {
  play: async ({ canvas, userEvent, loaded }) => {
    const world = worldOf({ loaded })
    answerSignIn(world, 'stay')
    await canvas.findByLabelText('Name')
    world.surroundings.offline = true
    await connect(canvas, userEvent)
    await expect(await canvas.findByText('No connection')).toBeVisible()
  },
}
