import { connectionStatuses } from '@tenantry/sdk/model'
import { errorCodes } from '@tenantry/sdk/errors'
import { describe, expect, it } from 'vitest'
import { healthy, makeConnection } from '../../data/oauth/testing/create-fake-server.ts'
import { readFormPhase } from './form-phase.ts'
import type { FormFacts } from './form-phase.ts'
import { readSetupTasks } from './setup-tasks.ts'

const ready: FormFacts = { isLoading: false, loadFailed: false, setup: 'ready', canSetUp: true, signIn: 'idle', connection: undefined }
const withHealth = (changes: Partial<typeof healthy>) => ({ ...ready, connection: makeConnection({ health: { ...healthy, ...changes } }) })
const withCalendar = (settings: Record<string, unknown>, changes: Partial<typeof healthy>) => ({
  ...ready,
  connection: makeConnection({ settings, health: { ...healthy, ...changes } }),
})

describe('readFormPhase', () => {
  it.each([
    [{ ...ready, isLoading: true }, 'loading'],
    [{ ...ready, loadFailed: true }, 'load-error'],
    [{ ...ready, setup: 'missing' as const }, 'not-configured'],
    [{ ...ready, setup: 'missing' as const, canSetUp: false }, 'no-permission'],
    [{ ...ready, setup: 'unknown' as const, canSetUp: false }, 'new'],
    [{ ...ready, signIn: 'waiting' as const }, 'waiting'],
    [{ ...ready, signIn: 'window_gone' as const }, 'window-gone'],
    [{ ...ready, signIn: 'failed' as const }, 'failed'],
    [{ ...withHealth({ status: 'needs_reauth' }), signIn: 'waiting' as const }, 'waiting'],
    [{ ...withHealth({ status: 'disconnected' }), setup: 'missing' as const }, 'not-configured'],
    [{ ...withHealth({}), setup: 'missing' as const }, 'connected'],
    [withHealth({ lastSyncAt: null }), 'resync-running'],
    [withHealth({ delivery: 'polling', deliveryReason: 'push_not_possible' }), 'connected-polling'],
    [withHealth({ delivery: 'polling', deliveryReason: 'pubsub_publisher_missing' }), 'connected-warning'],
    [withHealth({ status: 'degraded' }), 'connected-warning'],
    [withHealth({ status: 'connecting' }), 'unfinished'],
    [withHealth({ lastSyncAt: null, lastItemAt: null }), 'setting-up'],
    [withHealth({ delivery: 'polling', deliveryReason: 'direction_to_google', lastSyncAt: null }), 'connected'],
    [withHealth({ status: 'error', reason: 'calendar_not_chosen' }), 'choosing'],
    [withHealth({ status: 'error', reason: 'calendar_not_found' }), 'calendar-deleted'],
    [withHealth({ status: 'degraded', reason: 'calendar_not_found' }), 'calendar-deleted'],
    [withHealth({ status: 'degraded', reason: 'calendar_read_only' }), 'read-only-calendar'],
    [withHealth({ status: 'paused', reason: 'calendar_not_found' }), 'paused'],
    [withCalendar({ calendarId: 'team' }, { status: 'error', reason: 'calendar_not_chosen' }), 'setting-up'],
    [withCalendar({ direction: 'from_google' }, { status: 'degraded', reason: 'calendar_read_only' }), 'connected'],
    [withHealth({ status: 'not_configured' }), 'disconnected'],
  ])('%# is %s', (facts, phase) => {
    expect(readFormPhase(facts)).toBe(phase)
  })

  it('has a state for every status of a connection', () => {
    expect(connectionStatuses.map((status) => readFormPhase(withHealth({ status })))).toEqual([
      'disconnected',
      'unfinished',
      'connected',
      'connected-warning',
      'needs-reauth',
      'blocked-by-app',
      'error',
      'paused',
      'disconnected',
    ])
  })

  it('takes each polling reason for something to fix, except those that are nobody’s mistake', () => {
    const healthyReasons = errorCodes.filter((deliveryReason) => {
      return readFormPhase(withHealth({ delivery: 'polling', deliveryReason })) === 'connected-polling'
    })
    expect(healthyReasons).toEqual([
      'push_not_possible',
      'push_not_supported',
      'callback_domain_unauthorized',
      'shared_mailbox_polled',
      'polling_chosen',
    ])
  })
})

describe('readSetupTasks', () => {
  const states = (changes: Partial<typeof healthy>) => readSetupTasks({ ...healthy, ...changes }).map(({ state }) => state)

  it('follows the connection from the consent to the first import', () => {
    expect(states({ delivery: 'polling', lastSyncAt: null })).toEqual(['done', 'working', 'working'])
    expect(states({ lastSyncAt: null })).toEqual(['done', 'done', 'working'])
    expect(states({})).toEqual(['done', 'done', 'done'])
  })

  it('waits for the calendar that was chosen a moment ago', () => {
    expect(states({ status: 'error', reason: 'calendar_not_chosen', delivery: 'polling', lastSyncAt: null })).toEqual([
      'done',
      'working',
      'working',
    ])
  })

  it('says what failed, and warns where notifications should have worked', () => {
    expect(states({ status: 'error', delivery: 'polling', lastSyncAt: null })).toEqual(['done', 'failed', 'failed'])
    const [, refused] = readSetupTasks({ ...healthy, delivery: 'polling', deliveryReason: 'pubsub_forbidden' })
    expect(refused).toEqual({ id: 'watch', state: 'skipped', warning: true })
    const [, quiet] = readSetupTasks({ ...healthy, delivery: 'polling', deliveryReason: 'push_not_possible' })
    expect(quiet).toEqual({ id: 'watch', state: 'skipped', warning: false })
  })
})
