import { TenantryError } from '@tenantry/sdk/errors'
import type { GoogleBundle } from '@tenantry/sdk/model'
import type { ProvisioningStep } from '@tenantry/sdk/wire'
import { act, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { GoogleSetupPanelProps } from './panel-props.ts'
import { createFakeServer } from './testing/create-fake-client.ts'
import type { FakeServer } from './testing/create-fake-client.ts'
import { configuredBundle, exampleProject, idleProvisioning } from './testing/examples.ts'
import { fill, renderPanel } from './testing/render-panel.tsx'

// Roles and names of a whole form are costly to find on a busy machine.
vi.setConfig({ testTimeout: 20_000 })

afterEach(() => vi.useRealTimers())

const manual: GoogleBundle = { ...configuredBundle, notifications: 'manual' }

const step = (id: ProvisioningStep['id'], state: ProvisioningStep['state'], rest: Partial<ProvisioningStep> = {}): ProvisioningStep => ({
  id,
  state,
  code: null,
  values: {},
  at: '2026-11-21T08:00:00.000Z',
  ...rest,
})

async function show(server: FakeServer, props: GoogleSetupPanelProps = {}) {
  const shown = await renderPanel(server, { initialStep: 'notifications', ...props })
  await screen.findByRole('radio', { name: /sets it up/ })
  return shown
}

const withKey = (rest: Parameters<typeof createFakeServer>[0] = {}) => createFakeServer({ bundle: configuredBundle, version: 1, ...rest })
const row = (name: string) =>
  within(screen.getByRole('list', { name: 'Notifications at Google' }))
    .getByText(new RegExp(name))
    .closest('li')

/** A server that notes its steps while it works, and answers when told. */
function slowly(server: FakeServer) {
  let finish = () => {}
  server.provision = () =>
    new Promise((resolve) => {
      finish = () => {
        server.provisioning = {
          ...server.provisioning,
          state: 'done',
          steps: server.provisioning.steps.map((one) => ({ ...one, state: 'done' })),
        }
        resolve()
      }
    })
  return {
    note(...steps: ProvisioningStep[]) {
      server.provisioning = { ...server.provisioning, state: 'working', steps }
    },
    finish: () => finish(),
  }
}

describe('setting up with a key', () => {
  it('shows each step as the server notes it', async () => {
    const server = withKey()
    const work = slowly(server)
    const { user } = await show(server)
    expect(row('Create topic')).toHaveAttribute('data-state', 'waiting')
    expect(row('Start Gmail watch')).toHaveTextContent('Later, with each mailbox that you connect.')
    await user.click(screen.getByRole('button', { name: 'Set up notifications' }))
    // The click shows at once, before the server has said anything.
    expect(row('Create topic')).toHaveAttribute('data-state', 'working')
    work.note(step('topic', 'already_there'), step('publisher', 'working'))
    await waitFor(() => expect(row('Create topic')).toHaveTextContent('already there'), { timeout: 3000 })
    expect(row('Allow Gmail to publish')).toHaveTextContent('working')
    expect(screen.getByText('Allow Gmail to publish: working')).toHaveAttribute('role', 'status')
    work.finish()
    expect(await screen.findByText('Notifications are set up.')).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Check and repair' })).toBeEnabled()
    expect(screen.getByRole('button', { name: /Let Gmail notify Helpdesk, done and checked/ })).toBeInTheDocument()
  })

  it('stops asking when it is done', async () => {
    const server = withKey()
    const work = slowly(server)
    const { user } = await show(server)
    await user.click(screen.getByRole('button', { name: 'Set up notifications' }))
    await waitFor(() => expect(server.calls['status']).toBeGreaterThan(2), { timeout: 4000 })
    work.finish()
    await screen.findByText('Notifications are set up.')
    const asked = server.calls['status']
    await act(() => new Promise((resolve) => setTimeout(resolve, 1500)))
    expect(server.calls['status']).toBe(asked)
  })

  it('follows a run that somebody else has started', async () => {
    const server = withKey({ provisioning: { ...idleProvisioning, state: 'working', steps: [step('topic', 'working')] } })
    await show(server)
    expect(screen.getByRole('button', { name: 'Set up notifications' })).toHaveAttribute('aria-busy', 'true')
    server.provisioning = { ...server.provisioning, state: 'done', steps: [step('topic', 'done')] }
    expect(await screen.findByRole('button', { name: 'Check and repair' }, { timeout: 3000 })).toBeInTheDocument()
  })

  it('needs what is typed to be saved first', async () => {
    const { user } = await show(withKey())
    await user.click(screen.getByRole('button', { name: 'Remove Service account key' }))
    expect(screen.queryByRole('button', { name: 'Set up notifications' })).not.toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Keep the saved one: Service account key' }))
    expect(screen.getByRole('button', { name: 'Set up notifications' })).toBeEnabled()
  })

  it('says what our own server could not do', async () => {
    const server = withKey({ fail: { provision: new TenantryError('unavailable') } })
    const onError = vi.fn<NonNullable<GoogleSetupPanelProps['onError']>>()
    const { user } = await show(server, { onError })
    await user.click(screen.getByRole('button', { name: 'Set up notifications' }))
    expect(await screen.findByText('Temporarily unavailable')).toBeInTheDocument()
    expect(onError).toHaveBeenCalledExactlyOnceWith({ code: 'unavailable', title: 'Temporarily unavailable' })
    await user.click(screen.getByRole('button', { name: 'Set up notifications' }))
    expect(await screen.findByText('Notifications are set up.')).toBeInTheDocument()
  })

  it('has a row for undeliverable notifications only where they are kept', async () => {
    const { unmount } = await show(withKey())
    expect(screen.queryByText(/Keep undeliverable/)).not.toBeInTheDocument()
    unmount()
    const steps = [step('topic', 'done'), step('dead_letter', 'done')]
    await show(withKey({ provisioning: { ...idleProvisioning, state: 'done', steps } }))
    const rows = within(screen.getByRole('list', { name: 'Notifications at Google' })).getAllByRole('listitem')
    expect(rows.map((item) => item.dataset['state'])).toEqual(['done', 'waiting', 'waiting', 'done', 'waiting'])
  })
})

describe('a step that Google refused', () => {
  const failed = (code: ProvisioningStep['code'], values: Record<string, string> = {}) =>
    withKey({
      provisioning: { ...idleProvisioning, state: 'failed', steps: [step('topic', 'done'), step('publisher', 'failed', { code, values })] },
    })

  it('makes the step and the panel ask for attention', async () => {
    await show(failed('pubsub_publisher_missing'))
    expect(screen.getByText('Needs attention')).toBeInTheDocument()
    expect(screen.getByRole('button', { name: /Let Gmail notify Helpdesk, / })).toHaveTextContent('Let Gmail notify Helpdesk')
    expect(document.querySelector('.tn-step[data-state="error"]')).toHaveTextContent('Let Gmail notify Helpdesk')
    expect(row('Allow Gmail to publish')).toHaveTextContent('Gmail is not allowed to publish.')
    expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled()
  })

  it.each([
    [
      'api_not_enabled',
      'https://console.cloud.google.com/flows/enableapi?apiid=gmail.googleapis.com,pubsub.googleapis.com,calendar-json.googleapis.com&project=',
    ],
    ['pubsub_forbidden', 'https://console.cloud.google.com/iam-admin/iam?project='],
    ['pubsub_act_as_missing', 'https://console.cloud.google.com/iam-admin/serviceaccounts?project='],
    ['pubsub_domain_restricted', 'https://console.cloud.google.com/iam-admin/orgpolicies/list?project='],
    ['pubsub_name_taken', 'https://console.cloud.google.com/cloudpubsub/subscription/list?project='],
  ] as const)('leads to where %s is mended', async (code, address) => {
    await show(failed(code))
    const link = within(row('Allow Gmail to publish') ?? document.body).getByRole('link')
    expect(link).toHaveAttribute('href', address + exampleProject)
  })

  it('writes the request to the admin whose policy is in the way', async () => {
    const { user } = await show(failed('pubsub_domain_restricted'))
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    await user.click(screen.getByRole('button', { name: 'Copy request for your admin' }))
    const text = writeText.mock.calls[0]?.[0] ?? ''
    expect(text).toContain('serviceAccount:gmail-api-push@system.gserviceaccount.com as Pub/Sub Publisher')
    expect(text).toContain(`project ${exampleProject}, topic projects/${exampleProject}/topics/tenantry-gmail.`)
    expect(text).toContain('Helpdesk receives new-mail notifications')
  })

  it('names the missing permission', async () => {
    await show(failed('pubsub_forbidden', { permission: 'pubsub.topics.setIamPolicy' }))
    expect(row('Allow Gmail to publish')).toHaveTextContent('Missing permission: pubsub.topics.setIamPolicy')
  })

  it('leads to the project, and to a new key', async () => {
    const { user, unmount } = await show(failed('pubsub_project_mismatch'))
    await user.click(screen.getByRole('button', { name: 'Edit project' }))
    expect(screen.getByLabelText('Project ID')).toBeVisible()
    unmount()
    await show(failed('key_rejected'))
    await user.click(screen.getByRole('button', { name: 'Replace the key' }))
    expect(screen.getByLabelText('Service account key')).toHaveFocus()
  })
})

describe('setting up without a key', () => {
  it('is where a blocked key leads, with the focus', async () => {
    const { user } = await show(
      createFakeServer({ bundle: { ...manual, notifications: 'managed', serviceAccountKey: undefined } as never, version: 1 }),
    )
    await user.click(screen.getByRole('button', { name: 'Set it up without a key' }))
    const chosen = screen.getByRole('radio', { name: /I set it up/ })
    expect(chosen).toBeChecked()
    expect(chosen).toHaveFocus()
    expect(await screen.findByText('gcloud pubsub topics create EXAMPLE_topic')).toBeInTheDocument()
  })

  it('offers the same as a Terraform configuration', async () => {
    const { user } = await show(createFakeServer({ bundle: manual, version: 1 }))
    await user.click(await screen.findByText('Terraform instead'))
    expect(screen.getByText('resource "google_pubsub_topic" "gmail" {}')).toBeVisible()
    expect(screen.getByRole('button', { name: /Copy Terraform configuration/ })).toBeVisible()
  })

  it('copies every name that has to be typed in the console', async () => {
    await show(createFakeServer({ bundle: manual, version: 1 }))
    await screen.findByText('Do it by hand')
    const values = [...document.querySelectorAll('.tn-disclosure .tn-copy-value')].map((value) => value.textContent)
    expect(values).toEqual([
      'tenantry-gmail',
      'gmail-api-push@system.gserviceaccount.com',
      'tenantry-push',
      'tenantry-gmail-push',
      `projects/${exampleProject}/topics/tenantry-gmail`,
      'https://app.example.com/api/email/webhooks/google/EXAMPLE_key',
      `tenantry-push@${exampleProject}.iam.gserviceaccount.com`,
      'https://app.example.com/api/email/webhooks/google',
    ])
  })

  it('waits for the project', async () => {
    const server = createFakeServer()
    const { user } = await show(server)
    const script = vi.spyOn(server.client.google, 'setupScript')
    await user.click(screen.getByRole('radio', { name: /I set it up/ }))
    expect(screen.getByText(/Enter the project in step 1 and save/)).toBeInTheDocument()
    expect(script).not.toHaveBeenCalled()
  })

  it('saves names that differ, and forgets them when they are emptied', async () => {
    const server = createFakeServer({ bundle: manual, version: 1 })
    const { user } = await show(server)
    await fill(user, await screen.findByLabelText(/^Topic name/), ` projects/${exampleProject}/topics/acme-mail `)
    await fill(user, screen.getByLabelText(/^Push service account e-mail/), 'push@acme-mail-473210.iam.gserviceaccount.com')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await screen.findAllByText('Saved.')
    expect(server.saves.at(-1)).toEqual({
      ifVersion: 'v1',
      topicName: `projects/${exampleProject}/topics/acme-mail`,
      pushServiceAccount: 'push@acme-mail-473210.iam.gserviceaccount.com',
    })
    await user.clear(screen.getByLabelText(/^Topic name/))
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(server.saves).toHaveLength(2))
    expect(server.saves.at(-1)).toEqual({ ifVersion: 'v2', topicName: null })
  })

  it.each([
    ['9lives', /Not a topic name/],
    ['goog-mail', /Not a topic name/],
    ['projects/other-project/topics/mail', /OAuth client and topic are in different projects/],
  ])('refuses the topic %s', async (topic, words) => {
    const server = createFakeServer({ bundle: manual, version: 1 })
    const { user } = await show(server)
    await fill(user, await screen.findByLabelText(/^Topic name/), topic)
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText(words)).toBeInTheDocument()
    expect(server.saves).toEqual([])
    await waitFor(() => expect(screen.getByLabelText(/^Topic name/)).toHaveFocus())
  })

  it('refuses an account that is none', async () => {
    const server = createFakeServer({ bundle: manual, version: 1 })
    const { user } = await show(server)
    await fill(user, await screen.findByLabelText(/^Push service account e-mail/), 'dana@acme.com')
    expect(await screen.findByText(/Not a service account/)).toBeInTheDocument()
  })

  it('is not offered where notifications are fetched', async () => {
    const server = createFakeServer({ bundle: configuredBundle, version: 1, provisioning: { ...idleProvisioning, transport: 'pull' } })
    await show(server)
    expect(screen.queryByRole('radio', { name: /I set it up/ })).not.toBeInTheDocument()
    expect(screen.getByText(/needs no public address/)).toBeInTheDocument()
    expect(row('Create subscription')).toBeInTheDocument()
    expect(screen.getByText('pubsub.subscriptions.consume')).toBeInTheDocument()
    expect(screen.queryByText('iam.serviceAccounts.actAs')).not.toBeInTheDocument()
  })
})

describe('the test notification', () => {
  const ready = () => createFakeServer({ bundle: manual, version: 1, provision: async () => undefined })

  it('is received', async () => {
    const server = ready()
    const { user } = await show(server)
    expect(await screen.findByText('No notification has arrived yet.')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Send a test notification' }))
    expect(await screen.findByText('Waiting for the notification.')).toBeInTheDocument()
    expect(server.calls).toMatchObject({ provision: 1, testNotification: 1 })
    server.provisioning = { ...server.provisioning, lastReceivedAt: '2026-11-21T08:00:02.000Z' }
    expect(await screen.findByText('Received', { exact: false }, { timeout: 3000 })).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Send another' })).toBeEnabled()
  })

  it('is not taken for one that arrived before', async () => {
    const server = ready()
    server.provisioning = { ...server.provisioning, lastReceivedAt: '2026-11-21T07:59:50.000Z' }
    const { user } = await show(server)
    await user.click(await screen.findByRole('button', { name: 'Send a test notification' }))
    expect(await screen.findByText('Waiting for the notification.')).toBeInTheDocument()
    expect(screen.queryByText(/^Received/)).not.toBeInTheDocument()
  })

  it('is asked for again when one arrived so shortly before that the next leaves no trace', async () => {
    const server = ready()
    server.provisioning = { ...server.provisioning, lastReceivedAt: '2026-11-21T07:59:58.000Z' }
    const { user } = await show(server)
    vi.useFakeTimers({ shouldAdvanceTime: true })
    await user.click(await screen.findByRole('button', { name: 'Send a test notification' }))
    await waitFor(() => expect(server.calls['testNotification']).toBe(1))
    expect(screen.queryByText('Waiting for the notification.')).not.toBeInTheDocument()
    await act(() => vi.advanceTimersByTimeAsync(5000))
    expect(server.calls['testNotification']).toBe(2)
    expect(screen.getByText('Waiting for the notification.')).toBeInTheDocument()
  })

  it('is missed after 30 seconds, and leads to the checks', async () => {
    const server = ready()
    const { user } = await show(server)
    vi.useFakeTimers({ shouldAdvanceTime: true })
    await user.click(await screen.findByRole('button', { name: 'Send a test notification' }))
    await screen.findByText('Waiting for the notification.')
    await act(() => vi.advanceTimersByTimeAsync(29_000))
    expect(screen.queryByText('Nothing arrived yet')).not.toBeInTheDocument()
    await act(() => vi.advanceTimersByTimeAsync(2000))
    expect(screen.getByText('Nothing arrived yet')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Run checks' }))
    await waitFor(() => expect(server.calls['test']).toBe(1))
    expect(screen.getByRole('button', { name: /Check and connect/ })).toHaveAttribute('aria-expanded', 'true')
  })

  it('is sent by a person where nobody is connected, who gets more time', async () => {
    const server = ready()
    server.testNotification = { ...server.testNotification, sent: false, command: 'gcloud pubsub topics publish EXAMPLE' }
    const { user } = await show(server)
    vi.useFakeTimers({ shouldAdvanceTime: true })
    await user.click(await screen.findByRole('button', { name: 'Send a test notification' }))
    expect(await screen.findByText('gcloud pubsub topics publish EXAMPLE')).toBeInTheDocument()
    await act(() => vi.advanceTimersByTimeAsync(60_000))
    expect(screen.getByText('Waiting for the notification.')).toBeInTheDocument()
  })

  it('waits for unsaved names', async () => {
    const { user } = await show(ready())
    await user.type(await screen.findByLabelText(/^Topic name/), 'acme')
    expect(screen.getByRole('button', { name: 'Send a test notification' })).toBeDisabled()
    expect(screen.getByText('Save your changes first.')).toBeInTheDocument()
  })
})

describe('another way', () => {
  it('says that nothing is lost when a working one is left', async () => {
    const { user } = await show(withKey())
    expect(screen.queryByText(/Nothing is lost/)).not.toBeInTheDocument()
    await user.click(screen.getByRole('radio', { name: /Check for mail every 5 minutes/ }))
    expect(screen.getByText('Nothing is lost. Mail keeps arriving while it changes.')).toBeInTheDocument()
    expect(screen.getByText(/Helpdesk looks for new mail every 5 minutes/)).toBeInTheDocument()
  })

  it('counts minutes as the server does', async () => {
    await show(withKey({ provisioning: { ...idleProvisioning, pollEveryMs: 60_000 } }))
    expect(screen.getByRole('radio', { name: /Check for mail every minute/ })).toBeInTheDocument()
  })

  it('does not say so where nothing works yet', async () => {
    const { user } = await show(createFakeServer())
    await user.click(screen.getByRole('radio', { name: /Check for mail/ }))
    expect(screen.queryByText(/Nothing is lost/)).not.toBeInTheDocument()
  })
})

it.each(['managed', 'manual', 'polling'] as const)('the %s step has no faults that axe finds', async (notifications) => {
  const steps = [step('topic', 'done'), step('publisher', 'failed', { code: 'pubsub_domain_restricted' })]
  const { container } = await show(
    createFakeServer({
      bundle: { ...configuredBundle, notifications },
      version: 1,
      provisioning: { ...idleProvisioning, state: 'failed', steps },
    }),
  )
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
})
