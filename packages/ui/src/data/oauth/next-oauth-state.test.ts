import { TenantryError } from '@tenantry/sdk/errors'
import type { FlowStatus } from '@tenantry/sdk/wire'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { followedFlow, nextOAuthState } from './next-oauth-state.ts'
import type { OAuthEvent } from './next-oauth-state.ts'
import { idleState } from './oauth-state.ts'
import type { OAuthFlow, OAuthState } from './oauth-state.ts'

const makeFlow = (flowId: string): OAuthFlow => ({ flowId, connectionId: null, expiresAt: null, redirectUri: null, clientId: null })
const flowIds = fc.constantFrom('f1', 'f2')
const attempts = fc.integer({ min: 0, max: 4 })
const answers: fc.Arbitrary<FlowStatus> = fc.record({
  flowId: flowIds,
  connectionId: fc.constant('c1'),
  status: fc.constantFrom('pending', 'connected', 'failed', 'expired'),
  code: fc.constantFrom(null, 'access_denied' as const),
  values: fc.constant({}),
  expiresAt: fc.constant('2026-11-21T09:10:00.000Z'),
})
const flowEvents: fc.Arbitrary<OAuthEvent> = fc.oneof(
  fc.record({ type: fc.constant('started' as const), attempt: attempts, flow: flowIds.map(makeFlow) }),
  fc.record({ type: fc.constant('refused' as const), attempt: attempts, error: fc.constant(new TenantryError('network')) }),
  fc.record({ type: fc.constant('window_lost' as const), attempt: attempts }),
  fc.record({ type: fc.constant('answered' as const), attempt: attempts, answer: answers }),
)
const events: fc.Arbitrary<OAuthEvent> = fc.oneof(
  fc.constantFrom<OAuthEvent>({ type: 'opened' }, { type: 'blocked' }, { type: 'cancelled' }),
  fc.record({ type: fc.constant('returned' as const), flow: flowIds.map(makeFlow) }),
  flowEvents,
)
const histories = fc.array(events, { maxLength: 30 })
const walk = (history: readonly OAuthEvent[], from: OAuthState = idleState) => history.reduce(nextOAuthState, from)

describe('nextOAuthState', () => {
  it('is done only when the server said connected about the flow that is followed', () => {
    fc.assert(
      fc.property(histories, events, (history, event) => {
        const before = walk(history)
        const after = nextOAuthState(before, event)
        if (after.status !== 'done' || before.status === 'done') return
        expect(event).toMatchObject({ type: 'answered', answer: { status: 'connected', flowId: followedFlow(before)?.flowId } })
      }),
    )
  })

  it('ignores whatever an abandoned attempt still says', () => {
    fc.assert(
      fc.property(histories, flowEvents, (history, event) => {
        const before = walk(history)
        fc.pre('attempt' in event && event.attempt !== before.attempt)
        expect(nextOAuthState(before, event)).toBe(before)
      }),
    )
  })

  it('never counts attempts backwards, and follows a flow exactly while waiting or when the window is gone', () => {
    fc.assert(
      fc.property(histories, events, (history, event) => {
        const before = walk(history)
        const after = nextOAuthState(before, event)
        expect(after.attempt - before.attempt).toBeOneOf([0, 1])
        expect(followedFlow(after) !== null).toBe(after.status === 'waiting' || after.status === 'window_gone')
      }),
    )
  })

  it('can always be left by cancelling, and started again from there', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const cancelled = nextOAuthState(walk(history), { type: 'cancelled' })
        expect(cancelled.status).toBe('idle')
        expect(nextOAuthState(cancelled, { type: 'opened' }).status).toBe('opening')
      }),
    )
  })

  it('keeps following after the window is gone, so that a late success counts', () => {
    const flow = makeFlow('f1')
    const gone = walk([{ type: 'opened' }, { type: 'started', attempt: 1, flow }, { type: 'window_lost', attempt: 1 }])
    expect(gone.status).toBe('window_gone')
    const answer: FlowStatus = {
      flowId: 'f1',
      connectionId: 'c9',
      status: 'connected',
      code: null,
      values: {},
      expiresAt: '2026-11-21T09:10:00.000Z',
    }
    expect(nextOAuthState(gone, { type: 'answered', attempt: 1, answer })).toMatchObject({ status: 'done', flow: { connectionId: 'c9' } })
  })

  it('says why: the code of the server, or that time is up', () => {
    const waiting = walk([{ type: 'opened' }, { type: 'started', attempt: 1, flow: makeFlow('f1') }])
    const base = { flowId: 'f1', connectionId: 'c1', values: { expected: 'a@b.c' }, expiresAt: '2026-11-21T09:10:00.000Z' }
    const failed: FlowStatus = { ...base, status: 'failed', code: 'account_mismatch' }
    const expired: FlowStatus = { ...base, status: 'expired', code: null }
    expect(nextOAuthState(waiting, { type: 'answered', attempt: 1, answer: failed })).toMatchObject({
      status: 'failed',
      error: { code: 'account_mismatch', values: { expected: 'a@b.c' } },
    })
    expect(nextOAuthState(waiting, { type: 'answered', attempt: 1, answer: expired })).toMatchObject({ error: { code: 'state_expired' } })
  })
})
