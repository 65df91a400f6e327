import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, waitFor } from 'storybook/test'
import { audienceChanged, stalled, topicDeleted } from '../../../../../.storybook/diagnostics-scenarios.ts'
import { connectedGmail, needsReauth, notAnnounced, paused, pollingFallback } from '../../../../../.storybook/scenarios.ts'
import { worldOf } from '../../../../../.storybook/with-scenario.tsx'
import { DiagnosticsReport } from './diagnostics-report.tsx'
import type { DiagnosticsReportProps } from './report-props.ts'

const OfConnection = ({ connectionId, ...props }: Omit<DiagnosticsReportProps, 'scope'> & { connectionId: string }) => (
  <DiagnosticsReport scope={{ connectionId }} {...props} />
)

const meta = {
  title: 'Panels/DiagnosticsReport/Connection',
  component: OfConnection,
  args: { connectionId: '', autoRun: true, onFix: fn() },
  parameters: { scenario: connectedGmail, connectionProp: 'connectionId' },
} satisfies Meta<typeof OfConnection>

export default meta

type Story = StoryObj<typeof meta>
type Play = NonNullable<Story['play']>

const comesTo =
  (words: string | RegExp): Play =>
  async ({ canvas }) => {
    await waitFor(() => expect(canvas.getAllByRole('status')[0]).toHaveTextContent(words))
  }

const rowOf = (canvas: Parameters<Play>[0]['canvas'], name: string) =>
  canvas.getByText(name, { selector: 'strong' }).closest('li') as HTMLElement

export const AllPass: Story = { play: comesTo('All good') }

/** Only a person can sign in again. */
export const SignInEnded: Story = {
  parameters: { scenario: needsReauth },
  play: async (context) => {
    await comesTo(/to fix/)(context)
    await context.userEvent.click(context.canvas.getByRole('button', { name: 'Reconnect: Sign-in valid' }))
    await expect(context.args.onFix).toHaveBeenCalledWith('grant', 'reconnect')
  },
}

/** Nobody runs the due work, and the watch will end. */
export const MaintenanceStalled: Story = {
  parameters: { scenario: stalled },
  play: async (context) => {
    await comesTo(/to fix/)(context)
    await expect(rowOf(context.canvas, 'Background jobs')).toHaveTextContent('Background jobs do not run.')
  },
}

/** Gmail is not announced to us, so mail is looked for. */
export const NotAnnounced: Story = { parameters: { scenario: notAnnounced }, play: comesTo(/warning/) }

export const PollingCalendar: Story = { parameters: { scenario: pollingFallback }, play: comesTo(/warning/) }

/** What a paused connection does not do is not checked. */
export const Paused: Story = {
  parameters: { scenario: paused },
  play: async (context) => {
    await comesTo(/All good/)(context)
    await expect(rowOf(context.canvas, 'Gmail watch or calendar channel')).toHaveTextContent('Skipped: the connection is not active.')
  },
}

export const AudienceMismatch: Story = { parameters: { scenario: audienceChanged }, play: comesTo(/to fix/) }

/** One key, one topic: what is missing for all is mended for all. */
export const TopicDeleted: Story = {
  parameters: { scenario: topicDeleted },
  play: async (context) => {
    await comesTo(/1 thing to fix/)(context)
    await context.userEvent.click(context.canvas.getByRole('button', { name: 'Set up notifications again: Topic' }))
    await comesTo('All good')(context)
  },
}

export const Forbidden: Story = {
  args: { autoRun: false },
  play: async ({ canvas, userEvent, loaded }) => {
    worldOf({ loaded }).surroundings.denied = ['connection.diagnose']
    await userEvent.click(canvas.getByRole('button', { name: 'Run checks' }))
    await expect(await canvas.findByText('You cannot do this')).toBeVisible()
  },
}
