import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { configured, partly, polling } from '../../../../../.storybook/scenarios.ts'
import { GoogleSetupPanel } from './google-setup-panel.tsx'
import { createClientFile, exampleKey } from './testing/examples.ts'

const meta = {
  title: 'Panels/GoogleSetupPanel/Notifications',
  component: GoogleSetupPanel,
  args: { initialStep: 'notifications' },
  parameters: { scenario: partly },
} satisfies Meta<typeof GoogleSetupPanel>

export default meta

type Story = StoryObj<typeof meta>

const asFile = (text: string) => new File([text], 'acme-mail-473210-EXAMPLE.json', { type: 'application/json' })

/** Drops a file that the panel takes or refuses, and expects these words. */
const drop = (text: string, words: string | RegExp): Story => ({
  play: async ({ canvas, userEvent }) => {
    await userEvent.upload(await canvas.findByLabelText('Service account key'), asFile(text))
    await expect(await canvas.findByText(words)).toBeVisible()
  },
})

export const NotifyManagedEmpty: Story = {}

export const KeyOk: Story = drop(JSON.stringify(exampleKey), /key ending 9c1e07aa/)

export const KeyWrongKind: Story = drop(JSON.stringify({ ...exampleKey, type: 'external_account' }), /Not a service account key/)

export const KeyIsClientFile: Story = drop(createClientFile(), 'This is an OAuth client file. Use it in step 4.')

export const KeyIncomplete: Story = drop(
  JSON.stringify({ ...exampleKey, client_email: '' }),
  'The key is incomplete: client_email missing.',
)

export const KeyOtherProject: Story = drop(
  JSON.stringify({ ...exampleKey, project_id: 'acme-other-1', client_email: 'robot-one@acme-other-1.iam.gserviceaccount.com' }),
  /The key is for acme-other-1/,
)

export const KeySaved: Story = {
  parameters: { scenario: configured },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Replace Service account key' })).toBeVisible()
  },
}

export const KeyRemoved: Story = {
  parameters: { scenario: configured },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Remove Service account key' }))
    await expect(await canvas.findByText('Will be removed when you save.')).toBeVisible()
  },
}

export const PollingMode: Story = {
  parameters: { scenario: polling },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('radio', { name: /Check for mail every few minutes/ })).toBeChecked()
  },
}

export const ManualMode: Story = {
  args: { pubsubModes: ['managed', 'manual', 'polling'] },
  parameters: { scenario: configured },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('radio', { name: /I set it up/ }))
    await expect(await canvas.findByText(/gcloud/)).toBeVisible()
  },
}

/** Google cannot post to a private address: said here, before anyone waits for mail. */
export const AddressNotPublic: Story = {
  parameters: { world: { baseUrl: 'https://helpdesk.internal' } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Google cannot reach this address')).toBeVisible()
  },
}
