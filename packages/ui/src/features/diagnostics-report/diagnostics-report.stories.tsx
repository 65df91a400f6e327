import type { Meta, StoryObj } from '@storybook/react-vite'
import type { CheckReport } from '@tenantry/sdk/wire'
import { expect, fn, screen, spyOn, waitFor, within } from 'storybook/test'
import { audienceChanged, keyDeleted, longInUse, projectsDiffer, topicDeleted } from '../../../../../.storybook/diagnostics-scenarios.ts'
import { appOutdated, configured, inUse, polling } from '../../../../../.storybook/scenarios.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { DiagnosticsReport } from './diagnostics-report.tsx'

const meta = {
  title: 'Panels/DiagnosticsReport/Setup',
  component: DiagnosticsReport,
  args: { scope: 'setup', autoRun: true, onFix: fn(), onFinish: fn() },
  parameters: { scenario: inUse },
} satisfies Meta<typeof DiagnosticsReport>

export default meta

type Story = StoryObj<typeof meta>
type Play = NonNullable<Story['play']>

/** Expects these words of the count, which stands first; copy buttons speak too. */
const comesTo =
  (words: string | RegExp): Play =>
  async ({ canvas }) => {
    await waitFor(() => expect(canvas.getAllByRole('status')[0]).toHaveTextContent(words))
  }

const rowOf = (canvas: Parameters<Play>[0]['canvas'], name: string) =>
  canvas.getByText(name, { selector: 'strong' }).closest('li') as HTMLElement

export const Pending: Story = {
  args: { autoRun: false },
  play: async ({ canvas, userEvent, args }) => {
    await expect(canvas.getByText('Not checked yet')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Run checks' }))
    await waitFor(() => expect(args.onFinish).toHaveBeenCalledOnce())
  },
}

/** Rows stand where the results will. */
export const Running: Story = {
  args: { autoRun: false },
  play: async ({ canvas, userEvent, loaded }) => {
    worldOf({ loaded }).surroundings.held = ['POST /google/test']
    await userEvent.click(canvas.getByRole('button', { name: 'Run checks' }))
    await expect(rowOf(canvas, 'Service account')).toHaveAttribute('data-status', 'checking')
    await expect(canvas.getByRole('button', { name: 'Run checks' })).toHaveAttribute('aria-busy', 'true')
  },
}

/** A report stands while the next one is made. */
export const RunningAgain: Story = {
  parameters: { scenario: keyDeleted },
  play: async (context) => {
    const { canvas, userEvent, loaded } = context
    await comesTo(/to fix/)(context)
    worldOf({ loaded }).surroundings.held = ['POST /google/test']
    await userEvent.click(canvas.getByRole('button', { name: 'Run again' }))
    await expect(canvas.getAllByRole('status')[0]).toHaveTextContent('Checking')
    await expect(rowOf(canvas, 'Service account')).toHaveAttribute('data-status', 'checking')
  },
}

export const AllPass: Story = {
  parameters: { scenario: longInUse },
  play: async (context) => {
    await comesTo('All good')(context)
    await expect(context.canvas.getByText(/^\d+ passed$/)).toBeVisible()
  },
}

/** Before the first sign-in nobody knows whether the redirect URIs are registered. */
export const Warnings: Story = { parameters: { scenario: configured }, play: comesTo('1 warning') }

/** Key and secret were replaced at Google and not here. */
export const Failures: Story = {
  parameters: { scenario: appOutdated },
  play: async (context) => {
    const { canvas, userEvent, args } = context
    await comesTo(/things to fix/)(context)
    await userEvent.click(canvas.getByRole('button', { name: 'Change it in the setup: Client ID and secret' }))
    await expect(args.onFix).toHaveBeenCalledWith('client_pair', 'open_setup')
  },
}

export const BlockedChain: Story = {
  parameters: { scenario: keyDeleted },
  play: async (context) => {
    await comesTo(/1 thing to fix/)(context)
    await expect(rowOf(context.canvas, 'Topic')).toHaveTextContent('Skipped: needs a working service account.')
    await expect(rowOf(context.canvas, 'Gmail may publish')).toHaveTextContent('Skipped: needs the topic.')
  },
}

/** Nobody waits 20 seconds for a story. */
const slowReport: CheckReport = {
  startedAt: '2026-11-21T07:59:10.000Z',
  finishedAt: '2026-11-21T07:59:30.100Z',
  checks: (['base_url', 'project_id', 'client_pair', 'sa_key', 'topic', 'subscription'] as const).map((id, index) => ({
    id,
    status: index < 3 ? ('pass' as const) : ('fail' as const),
    code: index < 3 ? null : ('checks_slow' as const),
    values: {},
    expected: null,
    actual: null,
    facts: {},
    fix: null,
    blockedBy: null,
    durationMs: index < 3 ? 140 : 20_000,
  })),
}

export const SlowTimeout: Story = {
  args: { report: slowReport },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Google is slow. 3 checks did not finish.')).toBeVisible()
  },
}

export const FixRunning: Story = {
  parameters: { scenario: topicDeleted },
  play: async (context) => {
    const { canvas, userEvent, loaded } = context
    await comesTo(/1 thing to fix/)(context)
    worldOf({ loaded }).surroundings.held = ['POST /google/provision']
    const fix = canvas.getByRole('button', { name: 'Set up notifications again: Topic' })
    await userEvent.click(fix)
    await expect(fix).toHaveAttribute('aria-busy', 'true')
  },
}

/** Set up again for real, then the check and all that waited for it run once more. */
export const FixDone: Story = {
  parameters: { scenario: topicDeleted },
  play: async (context) => {
    const { canvas, userEvent } = context
    await comesTo(/1 thing to fix/)(context)
    await userEvent.click(canvas.getByRole('button', { name: 'Set up notifications again: Topic' }))
    // A calendar has never signed in here, so one warning is left.
    await comesTo(/^1 warning$/)(context)
    await expect(rowOf(canvas, 'Topic')).toHaveAttribute('data-status', 'pass')
    await expect(await within(rowOf(canvas, 'Topic')).findByRole('button', { name: 'Done: Topic' })).toHaveFocus()
    await expect(rowOf(canvas, 'Push target and audience')).toHaveAttribute('data-status', 'pass')
  },
}

export const AudienceMismatch: Story = {
  parameters: { scenario: audienceChanged },
  play: async (context) => {
    await comesTo(/1 thing to fix/)(context)
    const row = rowOf(context.canvas, 'Push target and audience')
    await expect(row).toHaveTextContent('Pushes go to another address.')
    await expect(within(row).getByText('Google has')).toBeVisible()
  },
}

export const ProjectMismatch: Story = {
  parameters: { scenario: projectsDiffer },
  play: async (context) => {
    await comesTo(/to fix/)(context)
    await expect(rowOf(context.canvas, 'One project')).toHaveAttribute('data-status', 'fail')
  },
}

/** What does not apply says why. */
export const WithoutNotifications: Story = { parameters: { scenario: polling }, play: comesTo('1 warning') }

export const OneCheckAgain: Story = {
  parameters: { scenario: keyDeleted },
  play: async (context) => {
    const { canvas, userEvent, loaded } = context
    await comesTo(/1 thing to fix/)(context)
    worldOf({ loaded }).surroundings.held = ['POST /google/test']
    await userEvent.click(canvas.getByRole('button', { name: 'Check again: Service account' }))
    await expect(rowOf(canvas, 'Service account')).toHaveAttribute('data-status', 'checking')
    await expect(rowOf(canvas, 'Topic')).toHaveAttribute('data-status', 'skip')
    worldOf({ loaded }).surroundings.held = []
    await waitFor(() => expect(rowOf(canvas, 'Service account')).toHaveAttribute('data-status', 'fail'))
  },
}

export const DetailsOpen: Story = {
  parameters: { scenario: audienceChanged },
  play: async (context) => {
    await comesTo(/1 thing to fix/)(context)
    const row = within(rowOf(context.canvas, 'Push target and audience'))
    await context.userEvent.click(row.getByText('Details'))
    await expect(row.getByText('Push endpoint')).toBeVisible()
    await expect(document.documentElement.scrollWidth).toBe(document.documentElement.clientWidth)
  },
}

/** Read before it is copied. */
export const SupportBundlePreview: Story = {
  beforeEach: () => {
    spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Copy support bundle' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Support bundle' }))
    await expect(await dialog.findByRole('region', { name: 'Content of the support bundle' })).toHaveTextContent('"version": 1')
    await userEvent.click(dialog.getByRole('button', { name: 'Copy support bundle' }))
    await expect(navigator.clipboard.writeText).toHaveBeenCalledOnce()
  },
}

/** The secret store does not answer, so nothing can be checked. */
export const LoadError: Story = {
  name: 'Error',
  args: { autoRun: false },
  play: async ({ canvas, userEvent, loaded }) => {
    worldOf({ loaded }).surroundings.secretsDown = true
    await userEvent.click(canvas.getByRole('button', { name: 'Run checks' }))
    await expect(await canvas.findByText('Temporarily unavailable')).toBeVisible()
  },
}

/** The last report stays, with its age. */
export const Stale: Story = {
  play: async (context) => {
    const { canvas, userEvent, loaded } = context
    await comesTo('All good')(context)
    worldOf({ loaded }).surroundings.offline = true
    await userEvent.click(canvas.getByRole('button', { name: 'Run again' }))
    await expect(await canvas.findByText('Could not check again. Below is the last report.')).toBeVisible()
    await expect(canvas.getByText('All good')).toBeVisible()
  },
}

export const Forbidden: Story = {
  parameters: {
    scenario: async (world: ReturnType<typeof worldOf>) => {
      await inUse(world)
      world.surroundings.denied = ['google.test']
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('You cannot do this')).toBeVisible()
    await expect(canvas.queryByRole('button')).toBeNull()
  },
}

export const Narrow: Story = {
  ...DetailsOpen,
  globals: { viewport: { value: 'narrow', isRotated: false } },
}

export const Dark: Story = { ...BlockedChain, globals: { theme: 'dark' } }

export const German: Story = {
  parameters: { scenario: keyDeleted },
  globals: { locale: 'de' },
  play: comesTo('1 Punkt zu beheben'),
}

export const Pseudo: Story = {
  parameters: { scenario: audienceChanged },
  globals: { locale: 'en-XA' },
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getAllByRole('status')[0]).toHaveTextContent(/~~\]/))
  },
}
