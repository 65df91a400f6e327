import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { configured, partly, separateClients } from '../../../../../.storybook/scenarios.ts'
import { GoogleSetupPanel } from './google-setup-panel.tsx'
import { createClientFile, exampleClientId, exampleKey, exampleSecret } from './testing/examples.ts'
import { saying } from '../../testing/saying.ts'

const meta = {
  title: 'Panels/GoogleSetupPanel/Client',
  component: GoogleSetupPanel,
  args: { initialStep: 'client' },
  parameters: { scenario: partly },
} satisfies Meta<typeof GoogleSetupPanel>

export default meta

type Story = StoryObj<typeof meta>

const asFile = (text: string, name = 'client_secret_EXAMPLE.json') => new File([text], name, { type: 'application/json' })

/** Drops a file that the panel takes or refuses, and expects these words. */
const drop = (text: string, words: string | RegExp): Story => ({
  play: async ({ canvas, userEvent }) => {
    await userEvent.upload(await canvas.findByLabelText('Client JSON'), asFile(text))
    await expect(await canvas.findByText(saying(words))).toBeVisible()
  },
})

export const ClientEmpty: Story = {}

export const ClientByHandInvalid: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(await canvas.findByLabelText('Client ID'), 'dana@acme.com')
    await userEvent.tab()
    await expect(await canvas.findByText(/That is an e-mail address/)).toBeVisible()
  },
}

export const ClientIdSecretSwapped: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByLabelText('Client ID'))
    await userEvent.paste(exampleSecret)
    await userEvent.click(canvas.getByLabelText('Client secret'))
    await userEvent.paste(exampleClientId)
    await userEvent.tab()
    await expect(await canvas.findByText(/That is the client secret/)).toBeVisible()
    await expect(await canvas.findByText(/That is the client ID/)).toBeVisible()
  },
}

export const ClientJsonOk: Story = drop(createClientFile(), 'Read from file: client ID, secret, 2 of 2 redirect URIs.')

export const ClientJsonMissingRedirect: Story = drop(
  createClientFile({ redirect_uris: ['https://app.example.com/api/auth/google/callback'] }),
  /This client does not list/,
)

export const ClientJsonOtherProject: Story = drop(createClientFile({ project_id: 'acme-other-1' }), /This client belongs to acme-other-1/)

export const ClientJsonDesktop: Story = drop(JSON.stringify({ installed: {} }), /This client is for desktop apps/)

export const ClientJsonServiceAccount: Story = drop(JSON.stringify(exampleKey), /This is a service account key/)

export const ClientJsonBroken: Story = drop('{', 'This file is not valid JSON.')

export const SecretSaved: Story = {
  parameters: { scenario: configured },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Replace Client secret' })).toBeVisible()
    await expect(canvas.queryByLabelText('Client secret')).toBeNull()
  },
}

export const SecretReplacing: Story = {
  parameters: { scenario: configured },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Replace Client secret' }))
    await expect(await canvas.findByLabelText('Client secret')).toHaveFocus()
    await userEvent.paste(` ${exampleSecret} `)
    await expect(await canvas.findByText('Removed spaces from the pasted value.')).toBeVisible()
  },
}

export const SecretMaskedPaste: Story = {
  parameters: { scenario: configured },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Replace Client secret' }))
    await canvas.findByLabelText('Client secret')
    await userEvent.paste('••••••••••••')
    await expect(await canvas.findByText('That looks like a masked value. Paste the full secret.')).toBeVisible()
  },
}

export const SeparateCalendarClient: Story = {
  parameters: { scenario: separateClients },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Replace Calendar client secret' })).toBeVisible()
  },
}
