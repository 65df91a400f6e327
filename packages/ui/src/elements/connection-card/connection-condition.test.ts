// @vitest-environment node
import type { Health } from '@tenantry/sdk/wire'
import { describe, expect, it } from 'vitest'
import { groupOf, readCondition, readRenewalTone, readShownStatus } from './connection-condition.ts'
import type { ConnectionCondition } from './connection-condition.ts'
import { createConnection, exampleNow, inHours } from './testing/create-connection.ts'

const healthOf = (health: Partial<Health>): Health => createConnection(health).health

describe('the condition of a connection', () => {
  it.each<[ConnectionCondition, Partial<Health>]>([
    ['fine', {}],
    ['fine', { renewBy: inHours(1) }],
    ['fine', { delivery: 'polling', deliveryReason: 'polling_chosen', renewBy: null }],
    ['fine', { signInEndsAt: inHours(24 * 30) }],
    ['grant_dead', { status: 'needs_reauth', reason: 'grant_revoked' }],
    ['app_broken', { status: 'blocked_by_app', reason: 'app_secret_invalid' }],
    ['not_configured', { status: 'not_configured' }],
    ['failing', { status: 'error', reason: 'api_not_enabled' }],
    ['choose_calendar', { status: 'error', reason: 'calendar_not_chosen' }],
    ['choose_calendar', { status: 'error', reason: 'calendar_not_found' }],
    ['choose_calendar', { status: 'degraded', reason: 'calendar_not_found', failures: 2 }],
    ['read_only', { status: 'degraded', reason: 'calendar_read_only' }],
    ['read_only', { status: 'degraded', reason: 'calendar_not_readable' }],
    ['fine', { delivery: 'polling', deliveryReason: 'direction_to_google', renewBy: null }],
    ['unfinished', { status: 'connecting' }],
    ['disconnected', { status: 'disconnected' }],
    ['sign_in_ending', { signInEndsAt: inHours(48) }],
    ['sign_in_ending', { status: 'degraded', reason: 'sign_in_ending', signInEndsAt: inHours(48) }],
    ['watch_expired', { status: 'degraded', reason: 'watch_lapsed' }],
    ['watch_expired', { renewBy: inHours(-2) }],
    ['renewal_late', { status: 'degraded', reason: 'renewal_late' }],
    ['delayed', { status: 'degraded', reason: 'provider_unavailable' }],
    ['delayed', { status: 'degraded', reason: null }],
    ['polling_fallback', { delivery: 'polling', deliveryReason: 'push_silent', renewBy: null }],
    ['polling_fallback', { status: 'degraded', reason: 'push_silent', delivery: 'polling', deliveryReason: 'push_silent' }],
    ['paused', { status: 'paused' }],
    ['paused', { status: 'paused', renewBy: inHours(-48) }],
    ['quarantined', { quarantined: 2 }],
  ])('is %s for %o', (condition, health) => {
    expect(readCondition(healthOf(health), exampleNow)).toBe(condition)
  })

  it('says the most urgent thing only, in this order', () => {
    const everything: Partial<Health> = {
      status: 'degraded',
      reason: 'watch_lapsed',
      signInEndsAt: inHours(48),
      renewBy: inHours(-2),
      delivery: 'polling',
      deliveryReason: 'push_silent',
      quarantined: 2,
    }
    const read = (health: Partial<Health>) => readCondition(healthOf({ ...everything, ...health }), exampleNow)
    expect(read({})).toBe('sign_in_ending')
    expect(read({ signInEndsAt: null })).toBe('watch_expired')
    expect(read({ signInEndsAt: null, reason: 'push_silent' })).toBe('polling_fallback')
    expect(read({ signInEndsAt: null, reason: null, delivery: 'push', renewBy: null })).toBe('quarantined')
    expect(read({ status: 'needs_reauth' })).toBe('grant_dead')
  })

  it('takes a paused connection whose sign-in has ended for a dead one, so that nobody resumes it', () => {
    expect(readCondition(healthOf({ status: 'paused', signInEndsAt: inHours(-1) }), exampleNow)).toBe('grant_dead')
    expect(readCondition(healthOf({ status: 'paused', signInEndsAt: inHours(5) }), exampleNow)).toBe('sign_in_ending')
  })

  it('says nothing that depends on the time before the time is known', () => {
    expect(readCondition(healthOf({ signInEndsAt: inHours(5), renewBy: inHours(-2) }), null)).toBe('fine')
    expect(readRenewalTone(inHours(-2), null)).toBeUndefined()
  })

  it('takes a time that is none for no time', () => {
    expect(readCondition(healthOf({ signInEndsAt: 'soon', renewBy: '' }), exampleNow)).toBe('fine')
  })
})

describe('the shown status', () => {
  it.each<[Health['status'], Partial<Health>]>([
    ['connected', {}],
    ['degraded', { signInEndsAt: inHours(48) }],
    ['degraded', { renewBy: inHours(-2) }],
    ['connected', { delivery: 'polling', deliveryReason: 'push_not_possible' }],
    ['connected', { quarantined: 2 }],
    ['needs_reauth', { status: 'paused', signInEndsAt: inHours(-1) }],
    ['paused', { status: 'paused' }],
    ['error', { status: 'error' }],
    ['connecting', { status: 'error', reason: 'calendar_not_chosen' }],
  ])('is %s for %o', (shown, more) => {
    const health = healthOf(more)
    expect(readShownStatus(health, readCondition(health, exampleNow))).toBe(shown)
  })
})

it('counts each connection to one group', () => {
  const groupsOf = (health: Partial<Health>) => groupOf(healthOf(health), exampleNow)
  expect([{}, { delivery: 'polling', deliveryReason: 'push_not_possible' } as const].map(groupsOf)).toEqual(['working', 'working'])
  expect(groupsOf({ status: 'degraded' })).toBe('attention')
  expect(groupsOf({ signInEndsAt: inHours(5) })).toBe('attention')
  expect(groupsOf({ status: 'connecting' })).toBe('attention')
  expect(groupsOf({ status: 'paused' })).toBe('paused')
  expect(groupsOf({ status: 'disconnected' })).toBe('disconnected')
})

it('renews in amber on the last day, in red when it is over', () => {
  expect([72, 23, 0, -2].map((hours) => readRenewalTone(inHours(hours), exampleNow))).toEqual([undefined, 'warning', 'danger', 'danger'])
})
