import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, waitFor } from 'storybook/test'
import { microsoftConfigured, microsoftInUse, saveMicrosoftAsColleague } from '../../../../../.storybook/microsoft-scenarios.ts'
import { notConfigured } from '../../../../../.storybook/scenarios.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { MicrosoftSetupPanel } from './microsoft-setup-panel.tsx'

const meta = {
  title: 'Setup/MicrosoftSetupPanel/Saving',
  component: MicrosoftSetupPanel,
  args: { onSaved: fn(), onShowConnections: fn() },
  parameters: { scenario: notConfigured },
} satisfies Meta<typeof MicrosoftSetupPanel>

export default meta

type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

const directoryId = '11111111-2222-4333-8444-555555555555'
const clientId = '22222222-2222-4333-8444-555555555555'

async function typeIds({ canvas, userEvent }: Context): Promise<void> {
  await userEvent.type(await canvas.findByLabelText('Directory (tenant) ID'), directoryId)
  await userEvent.type(canvas.getByLabelText('Application (client) ID'), clientId)
}

export const Dirty: Story = {
  play: async (context) => {
    await typeIds(context)
    await expect(await context.canvas.findByText('You have unsaved changes')).toBeVisible()
  },
}

export const Saved: Story = {
  play: async (context) => {
    const { canvas, userEvent, args } = context
    await typeIds(context)
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }))
    await expect((await canvas.findAllByText('Saved.'))[0]).toBeInTheDocument()
    await waitFor(() => expect(args.onSaved).toHaveBeenCalledOnce())
    await expect(await canvas.findByText(directoryId)).toBeVisible()
  },
}

export const Invalid: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(await canvas.findByLabelText('Application (client) ID'), 'dana@acme.com')
    await userEvent.click(await canvas.findByRole('button', { name: 'Save' }))
    await expect(await canvas.findByText('Nothing was saved. Correct the marked fields.')).toBeVisible()
    await expect(canvas.getByText(/Not an application ID\./)).toBeVisible()
  },
}

/** What looks like a secret at first sight is its ID. */
export const SecretIdPasted: Story = {
  args: { initialStep: 'secret' },
  parameters: { scenario: microsoftConfigured },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /Replace/ }))
    await userEvent.type(canvas.getByLabelText('Client secret (value)'), '33333333-2222-4333-8444-555555555555')
    await userEvent.tab()
    await expect(await canvas.findByText(/That is the ID of the secret\./)).toBeVisible()
  },
}

export const Offline: Story = {
  play: async (context) => {
    await typeIds(context)
    worldOf(context).surroundings.offline = true
    await context.userEvent.click(context.canvas.getByRole('button', { name: 'Save' }))
    await expect(await context.canvas.findByText('No connection')).toBeVisible()
    await expect(context.canvas.getByLabelText('Directory (tenant) ID')).toHaveValue(directoryId)
  },
}

/** Somebody else saved meanwhile: what was typed stays. */
export const Conflict: Story = {
  args: { initialStep: 'secret' },
  parameters: { scenario: microsoftConfigured },
  play: async (context) => {
    const { canvas, userEvent } = context
    const day = await canvas.findByLabelText('Secret expires on')
    await userEvent.clear(day)
    await userEvent.type(day, '2028-06-30')
    await saveMicrosoftAsColleague(worldOf(context))
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }))
    await expect(await canvas.findByText('Someone else changed this')).toBeVisible()
    await expect(canvas.getByLabelText('Secret expires on')).toHaveValue('2028-06-30')
  },
}

/** Another app: sign-ins belong to the app that they were made with. */
export const AppReplaced: Story = {
  args: { initialStep: 'register' },
  parameters: { scenario: microsoftInUse },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Replace Application (client) ID' }))
    await userEvent.type(canvas.getByLabelText('Application (client) ID'), clientId)
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }))
    await expect((await canvas.findAllByText(/Sign in again for each mailbox/))[0]).toBeInTheDocument()
  },
}
