import type { Meta, StoryObj } from '@storybook/react-vite'
import type { Health } from '@tenantry/sdk/wire'
import { expect, fn } from 'storybook/test'
import {
  apiDisabled,
  blockedByApp,
  connectedGmail,
  googleDown,
  needsReauth,
  outOfReach,
  pollingGmail,
} from '../../../../../.storybook/scenarios.ts'
import { ConnectionStatusBadge } from './connection-status-badge.tsx'

const meta = { title: 'Elements/ConnectionStatusBadge', component: ConnectionStatusBadge } satisfies Meta<typeof ConnectionStatusBadge>

export default meta

type Story = StoryObj<typeof meta>

const statuses: readonly Health['status'][] = [
  'connected',
  'connecting',
  'degraded',
  'needs_reauth',
  'blocked_by_app',
  'error',
  'paused',
  'disconnected',
  'not_configured',
]

const variants = ['pill', 'text', 'dot'] as const

function healthOf(status: Health['status']): Health {
  return {
    status,
    reason: null,
    values: {},
    since: '2026-11-21T05:00:00Z',
    nextAttemptAt: status === 'error' ? '2026-11-21T08:12:00Z' : null,
    failures: status === 'error' ? 6 : 0,
    delivery: 'push',
    deliveryReason: null,
    lastSyncAt: '2026-11-21T07:58:00Z',
    lastPushAt: null,
    lastItemAt: '2026-11-21T07:56:00Z',
    renewBy: null,
    signInEndsAt: status === 'degraded' ? '2026-11-23T08:00:00Z' : null,
    lookEveryMs: 900_000,
    quarantined: 0,
  }
}

const Rows = ({ sizes, showDetail = false }: { sizes: readonly ('sm' | 'md')[]; showDetail?: boolean }) => (
  <ul style={{ display: 'grid', gap: 12, margin: 0, padding: 0, listStyle: 'none' }}>
    {[...statuses.map(healthOf), null].map((status) => (
      <li key={status?.status ?? 'unknown'} style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 16px' }}>
        <code style={{ inlineSize: '8rem' }}>{status?.status ?? 'unknown'}</code>
        {sizes.flatMap((size) =>
          variants.map((variant) => (
            <ConnectionStatusBadge key={size + variant} status={status} variant={variant} size={size} showDetail={showDetail} />
          )),
        )}
      </li>
    ))}
  </ul>
)

/** Every status in every form and size. */
export const Matrix: Story = {
  args: { status: null },
  render: () => <Rows sizes={['md', 'sm']} />,
  play: async ({ canvas }) => {
    await expect(canvas.getAllByText('Reconnect needed')).toHaveLength(6)
  },
}

export const WithDetail: Story = { args: { status: null }, render: () => <Rows sizes={['md']} showDetail /> }

/** Text is a third longer, and nothing is cut. */
export const LongLocale: Story = { args: { status: null }, globals: { locale: 'en-XA' }, render: () => <Rows sizes={['md']} showDetail /> }

export const Dark: Story = { args: { status: null }, globals: { theme: 'dark' }, render: () => <Rows sizes={['md']} showDetail /> }

/** Pressed, it offers the way out of its status. */
export const AsButton: Story = {
  args: { status: healthOf('needs_reauth'), as: 'button', onAction: fn() },
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: /Reconnect needed/ }))
    await expect(args.onAction).toHaveBeenCalledWith('reconnect')
  },
}

const followed = (scenario: typeof connectedGmail, words: string): Story => ({
  args: { connectionId: '', showDetail: true, live: true },
  parameters: { scenario, connectionProp: 'connectionId' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(words)).toBeVisible()
  },
})

/** Follows a connection by its id. */
export const FollowsConnected: Story = followed(connectedGmail, 'Connected')

export const FollowsPolling: Story = followed(pollingGmail, 'Connected')

export const FollowsNeedsReauth: Story = followed(needsReauth, 'Reconnect needed')

export const FollowsBlockedByApp: Story = followed(blockedByApp, 'Not working')

export const FollowsError: Story = followed(apiDisabled, 'Not working')

export const FollowsDegraded: Story = followed(googleDown, 'Needs attention soon')

export const NotLoaded: Story = {
  args: { connectionId: '', showDetail: true },
  parameters: { scenario: outOfReach, connectionProp: 'connectionId' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Could not load the status', {}, { timeout: 10_000 })).toBeVisible()
  },
}
