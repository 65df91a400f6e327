import type { TenantryClient } from '@tenantry/sdk/client'
import type { ConnectionSummary, Health } from '@tenantry/sdk/wire'
import { QueryClient } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { TenantryProvider } from '../../provider/index.ts'
import { ConnectionStatusBadge } from './index.ts'
import type { BadgeAction } from './index.ts'

const NOW = Date.parse('2026-11-21T10:00:00Z')
const readNow = () => NOW

function healthOf(status: Health['status'], more: Partial<Health> = {}): Health {
  return {
    status,
    reason: null,
    values: {},
    since: '2026-11-21T07:00:00Z',
    nextAttemptAt: null,
    failures: 0,
    delivery: 'push',
    deliveryReason: null,
    lastSyncAt: null,
    lastPushAt: null,
    lastItemAt: null,
    renewBy: null,
    signInEndsAt: null,
    lookEveryMs: 900_000,
    quarantined: 0,
    ...more,
  }
}

function renderBadge(badge: ReactNode, get: TenantryClient['connections']['get'] = () => Promise.reject(new Error('not asked'))) {
  const client = { connections: { get } } as TenantryClient
  const queryClient = new QueryClient({ defaultOptions: { queries: { retryDelay: 1 } } })
  return render(
    <TenantryProvider client={client} appName="Helpdesk" now={readNow} queryClient={queryClient}>
      {badge}
    </TenantryProvider>,
  )
}

describe('ConnectionStatusBadge', () => {
  it.each<[Health, string, string, string]>([
    [healthOf('connected', { lastItemAt: '2026-11-21T09:56:00Z' }), 'Connected', 'check-circle', 'Last change 4 minutes ago'],
    [healthOf('connected', { lastSyncAt: '2026-11-21T09:58:00Z' }), 'Connected', 'check-circle', 'Checked 2 minutes ago'],
    [healthOf('connecting'), 'Connecting', 'spinner', 'Finish in the sign-in window'],
    [healthOf('degraded', { signInEndsAt: '2026-11-23T10:00:00Z' }), 'Needs attention soon', 'alert', 'Sign-in ends in 2 days'],
    [healthOf('degraded', { delivery: 'polling' }), 'Needs attention soon', 'alert', 'Checked regularly instead of instantly'],
    [
      healthOf('degraded', { failures: 2, nextAttemptAt: '2026-11-21T10:05:00Z' }),
      'Needs attention soon',
      'alert',
      'Renewal has not worked yet, next try in 5 minutes',
    ],
    [healthOf('error', { reason: 'calendar_not_chosen' }), 'Connecting', 'spinner', 'Choose a calendar'],
    [healthOf('needs_reauth'), 'Reconnect needed', 'plug', 'The sign-in ended 3 hours ago'],
    [healthOf('blocked_by_app'), 'Not working', 'x-octagon', 'The app is refused since 3 hours ago'],
    [
      healthOf('error', { failures: 6, nextAttemptAt: '2026-11-21T10:12:00Z' }),
      'Not working',
      'x-octagon',
      'Failed 6 times, next try in 12 minutes',
    ],
    [healthOf('error', { failures: 1 }), 'Not working', 'x-octagon', 'Failed once'],
    [healthOf('paused'), 'Paused', 'pause', 'Paused 3 hours ago'],
    [healthOf('disconnected'), 'Not connected', 'ring', ''],
    [healthOf('not_configured'), 'Not set up', 'ring-dashed', 'The setup is missing'],
  ])('%#: says the status in word, icon and detail', (status, label, icon, detail) => {
    const { container } = renderBadge(<ConnectionStatusBadge status={status} showDetail />)
    expect(container).toHaveTextContent(`${label}${detail}`)
    expect(container.querySelector('[data-icon]')).toHaveAttribute('data-icon', icon)
    expect(container.querySelector('.tn-root')).toHaveAttribute('data-status', status.status)
  })

  it('shows a status that could not be loaded as unknown', () => {
    renderBadge(<ConnectionStatusBadge status={null} showDetail />)
    expect(screen.getByText('Unknown')).toBeVisible()
    expect(screen.getByText('Could not load the status')).toBeVisible()
  })

  it('keeps the word of a dot for assistive technology', () => {
    renderBadge(<ConnectionStatusBadge status={healthOf('paused')} variant="dot" />)
    expect(screen.getByText('Paused')).toHaveClass('tn-visually-hidden')
  })

  it('announces only when live', () => {
    const { rerender } = render(<ConnectionStatusBadge status={healthOf('paused')} />)
    expect(screen.queryByRole('status')).toBeNull()
    rerender(<ConnectionStatusBadge status={healthOf('paused')} live />)
    expect(screen.getByRole('status')).toHaveTextContent('Paused')
  })

  it('as a button offers the way out of its status, and is no button where there is none', async () => {
    const onAction = vi.fn<(action: BadgeAction) => void>()
    const user = userEvent.setup()
    const { rerender } = render(<ConnectionStatusBadge status={healthOf('needs_reauth')} as="button" onAction={onAction} />)
    await user.click(screen.getByRole('button', { name: 'Reconnect needed. Reconnect' }))
    expect(onAction).toHaveBeenCalledWith('reconnect')
    rerender(<ConnectionStatusBadge status={healthOf('connected')} as="button" onAction={onAction} />)
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('follows a connection by id: loading, then its status', async () => {
    const get = vi.fn<TenantryClient['connections']['get']>(() =>
      Promise.resolve({ id: 'con_1', health: healthOf('connected') } as ConnectionSummary),
    )
    const { container } = renderBadge(<ConnectionStatusBadge connectionId="con_1" />, get)
    expect(container.querySelector('[aria-busy]')).toHaveTextContent('Loading the status')
    expect(await screen.findByText('Connected')).toBeVisible()
    expect(get).toHaveBeenCalledWith('con_1', expect.anything())
  })

  it('follows a connection by id: unknown when it cannot be read', async () => {
    renderBadge(<ConnectionStatusBadge connectionId="con_1" />, () => Promise.reject(new Error('down')))
    expect(await screen.findByText('Unknown', {}, { timeout: 5000 })).toBeVisible()
  })
})
