import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { notConfigured, partly } from '../../../../../.storybook/scenarios.ts'
import { GoogleSetupPanel } from './google-setup-panel.tsx'

const meta = {
  title: 'Panels/GoogleSetupPanel/Project, APIs, sign-in screen',
  component: GoogleSetupPanel,
  args: { tenantName: 'Acme' },
  parameters: { scenario: notConfigured },
} satisfies Meta<typeof GoogleSetupPanel>

export default meta

type Story = StoryObj<typeof meta>

export const ProjectFilled: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(await canvas.findByLabelText('Project ID'), 'acme-mail-473210')
    await expect(await canvas.findByRole('button', { name: 'Save' })).toBeEnabled()
  },
}

export const ProjectFromUrl: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByLabelText('Project ID'))
    await userEvent.paste('https://console.cloud.google.com/welcome?project=acme-mail-473210')
    await expect(await canvas.findByText('Taken from the link you pasted.')).toBeVisible()
  },
}

export const ProjectIsNumber: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(await canvas.findByLabelText('Project ID'), '123456789012')
    await userEvent.tab()
    await expect(await canvas.findByText(/That is the project number/)).toBeVisible()
  },
}

export const ProjectIsName: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(await canvas.findByLabelText('Project ID'), 'Acme Mail')
    await userEvent.tab()
    await expect(await canvas.findByText(/That looks like the project name/)).toBeVisible()
  },
}

export const ProjectMissing: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Next step' }))
    await expect(await canvas.findByText('Enter the project ID.')).toBeVisible()
  },
}

export const ApisUnknown: Story = { args: { initialStep: 'apis' } }

export const ApisPartlyEnabled: Story = {
  args: { initialStep: 'apis' },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('checkbox', { name: /Gmail API/ }))
    await expect(canvas.getByRole('checkbox', { name: /Gmail API/ })).toBeChecked()
  },
}

export const ApisEnabled: Story = {
  args: { initialStep: 'apis' },
  parameters: { scenario: partly },
  play: async ({ canvas, userEvent }) => {
    await canvas.findByRole('checkbox', { name: /Gmail API/ })
    for (const api of canvas.getAllByRole('checkbox')) await userEvent.click(api)
    await expect(await canvas.findByText('2 of 6 steps done')).toBeInTheDocument()
  },
}

export const ConsentNotChosen: Story = { args: { initialStep: 'consent' } }

export const ConsentInternal: Story = {
  args: { initialStep: 'consent' },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('radio', { name: /Internal/ }))
    await expect(await canvas.findByText(/Trust internal apps/)).toBeVisible()
  },
}

export const ConsentExternalTestingTrap: Story = {
  args: { initialStep: 'consent' },
  parameters: { scenario: partly },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Publish the app, or every connection ends after 7 days')).toBeVisible()
  },
}

export const ConsentExternalPublished: Story = {
  args: { initialStep: 'consent' },
  parameters: { scenario: partly },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('checkbox', { name: 'Publishing status is In production' }))
    await expect(await canvas.findByText('2 of 6 steps done')).toBeInTheDocument()
  },
}
