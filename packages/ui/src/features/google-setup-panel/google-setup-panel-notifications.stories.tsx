import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, spyOn, waitFor, within } from 'storybook/test'
import {
  byHand,
  byHandInUse,
  byHandSilent,
  domainRestricted,
  mayNotGrant,
  provisioned,
  slowToProvision,
} from '../../../../../.storybook/notification-scenarios.ts'
import { configured, partly, polling } from '../../../../../.storybook/scenarios.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { GoogleSetupPanel } from './google-setup-panel.tsx'
import { createClientFile, exampleKey } from './testing/examples.ts'
import { saying } from '../../testing/saying.ts'

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
    await expect(await canvas.findByText(saying(words))).toBeVisible()
  },
})

export const NotifyManagedEmpty: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('radio', { name: /Helpdesk sets it up/ })).toBeChecked()
    await expect(await canvas.findByText('helpdesk-pubsub')).toBeVisible()
    await expect(canvas.queryByRole('button', { name: 'Set up notifications' })).toBeNull()
  },
}

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

/** The organization forbids keys: the other way is one press away, and takes the focus along. */
export const KeyCreationBlocked: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Set it up without a key' }))
    await waitFor(() => expect(canvas.getByRole('radio', { name: /I set it up/ })).toHaveFocus())
    await expect(await canvas.findByText(/gcloud pubsub/)).toBeVisible()
  },
}

/** The journal while Google is asked: done, done, working, waiting. */
export const Provisioning: Story = {
  parameters: { scenario: slowToProvision },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Set up notifications' }))
    const rows = within(canvas.getByRole('list', { name: 'Notifications at Google' }))
    const states = () => rows.getAllByRole('listitem').map((row) => row.dataset['state'])
    await waitFor(() => expect(states()).toEqual(['done', 'done', 'working', 'waiting']), { timeout: 10_000 })
    await expect(canvas.getByRole('button', { name: 'Set up notifications' })).toHaveAttribute('aria-busy', 'true')
  },
}

/** From the press to the end; the second run finds everything there. */
export const Provisioned: Story = {
  parameters: { scenario: configured },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Set up notifications' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Check and repair' }, { timeout: 10_000 }))
    const rows = within(canvas.getByRole('list', { name: 'Notifications at Google' }))
    await waitFor(() => expect(rows.getAllByText('already there')).toHaveLength(3), { timeout: 10_000 })
    await expect(await canvas.findByText('No notification has arrived yet.')).toBeVisible()
  },
}

/** A step failed for want of a permission, which is named. */
export const ProvisionFailedPublisher: Story = {
  parameters: { scenario: mayNotGrant },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(saying(/The service account cannot manage Pub\/Sub/))).toBeVisible()
    await expect(canvas.getByText(/^Missing permission/)).toHaveTextContent('pubsub.topics.setIamPolicy')
    await expect(canvas.getByRole('link', { name: /^IAM/ })).toHaveAttribute('href', expect.stringContaining('/iam-admin/iam?project='))
    await expect(canvas.getByText('Needs attention')).toBeVisible()
  },
}

export const ProvisionFailedDomainRestricted: Story = {
  parameters: { scenario: domainRestricted },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/Your organization policy blocks Gmail/)).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Copy request for your admin' })).toBeVisible()
  },
}

/** The organization makes its exception, and the same button goes on. */
export const ProvisionRepaired: Story = {
  parameters: { scenario: domainRestricted },
  play: async ({ canvas, userEvent, loaded }) => {
    const retry = await canvas.findByRole('button', { name: 'Try again' })
    worldOf({ loaded }).sandbox.google.setOrgPolicy('acme-mail-473210', { domainRestrictedSharing: false })
    await userEvent.click(retry)
    await expect(await canvas.findByRole('button', { name: 'Check and repair' }, { timeout: 10_000 })).toBeVisible()
    await expect(canvas.queryByText('Needs attention')).toBeNull()
  },
}

export const PollingMode: Story = {
  parameters: { scenario: polling },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('radio', { name: /Check for mail every minute/ })).toBeChecked()
    await expect(await canvas.findByText(/Helpdesk looks for new mail every minute/)).toBeVisible()
  },
}

/** Leaving a way that works: nobody has to fear for mail. */
export const SwitchingMode: Story = {
  parameters: { scenario: provisioned },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('radio', { name: /Check for mail/ }))
    await expect(await canvas.findByText('Nothing is lost. Mail keeps arriving while it changes.')).toBeVisible()
  },
}

export const ManualMode: Story = {
  parameters: { scenario: byHand },
  play: async ({ canvas, userEvent }) => {
    await expect(await canvas.findByText(/gcloud pubsub/)).toBeVisible()
    await userEvent.click(canvas.getByText('Do it by hand'))
    await expect(canvas.getByRole('button', { name: 'Copy Endpoint' })).toBeVisible()
    await expect(canvas.getByLabelText(/^Topic name/)).toHaveValue('')
  },
}

/** Nobody is connected whom Gmail could announce: the tenant publishes the test. */
export const ManualTestCommand: Story = {
  parameters: { scenario: byHand },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Send a test notification' }))
    await expect(await canvas.findByRole('button', { name: 'Copy command' })).toBeVisible()
    await expect(await canvas.findByText('Waiting for the notification.')).toBeVisible()
  },
}

export const ManualTestReceived: Story = {
  parameters: { scenario: byHandInUse },
  play: async ({ canvas, userEvent, loaded }) => {
    const world = worldOf({ loaded })
    await userEvent.click(await canvas.findByRole('button', { name: 'Send a test notification' }))
    await expect(await canvas.findByText('Waiting for the notification.')).toBeVisible()
    await world.sandbox.clock.advance(2000)
    await world.settle()
    await expect(await canvas.findByText(/^Received/, {}, { timeout: 10_000 })).toBeVisible()
  },
}

/** Google sends, and nothing arrives. */
export const ManualTestSilent: Story = {
  parameters: { scenario: byHandSilent },
  beforeEach: () => {
    const { setTimeout: wait } = globalThis
    // Thirty seconds of nothing, without the waiting.
    spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms?: number) =>
      wait(run, ms === 30_000 ? 500 : ms)) as typeof setTimeout)
  },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Send a test notification' }))
    await expect(await canvas.findByText('Nothing arrived yet', {}, { timeout: 10_000 })).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Run checks' }))
    await expect(await canvas.findByRole('button', { name: /Check and connect/ })).toHaveAttribute('aria-expanded', 'true')
  },
}

/** Google cannot post to a private address: said here, before anyone waits for mail. */
export const AddressNotPublic: Story = {
  parameters: { world: { baseUrl: 'https://helpdesk.internal' } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Google cannot reach this address')).toBeVisible()
  },
}
