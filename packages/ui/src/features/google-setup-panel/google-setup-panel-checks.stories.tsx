import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { appOutdated, clientDeleted, configured, inUse } from '../../../../../.storybook/scenarios.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { GoogleSetupPanel } from './google-setup-panel.tsx'

const meta = {
  title: 'Panels/GoogleSetupPanel/Checks',
  component: GoogleSetupPanel,
  args: { initialStep: 'verify', onConnectGmail: fn(), onConnectCalendar: fn() },
  parameters: { scenario: configured },
} satisfies Meta<typeof GoogleSetupPanel>

export default meta

type Story = StoryObj<typeof meta>

/** Runs the checks for real, against Google in the page, and expects these words. */
const runChecks =
  (words: string | RegExp): NonNullable<Story['play']> =>
  async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Run checks' }))
    await expect(await canvas.findByText(words)).toBeVisible()
  }

export const VerifyNotRun: Story = {
  play: async ({ canvas, args, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Connect Gmail' }))
    await expect(args.onConnectGmail).toHaveBeenCalledOnce()
  },
}

export const VerifyRunning: Story = {
  play: async ({ canvas, userEvent, loaded }) => {
    worldOf({ loaded }).surroundings.held = ['POST /google/test']
    await userEvent.click(await canvas.findByRole('button', { name: 'Run checks' }))
    await expect(await canvas.findByRole('button', { name: 'Run checks' })).toHaveAttribute('aria-busy', 'true')
  },
}

export const VerifyAllGood: Story = { parameters: { scenario: inUse }, play: runChecks('All good') }

/** Before the first sign-in nobody knows whether the redirect URIs are registered. */
export const VerifyNotProven: Story = { play: runChecks('1 warning') }

export const VerifyFailures: Story = { parameters: { scenario: appOutdated }, play: runChecks(/2 things to fix/) }

export const ClientDeleted: Story = { parameters: { scenario: clientDeleted }, play: runChecks(/Google does not know the client ID/) }

export const VerifyForbidden: Story = {
  play: async ({ canvas, userEvent, loaded }) => {
    const button = await canvas.findByRole('button', { name: 'Run checks' })
    worldOf({ loaded }).surroundings.denied = ['google.test']
    await userEvent.click(button)
    await expect(await canvas.findByText('You cannot do this')).toBeVisible()
  },
}
