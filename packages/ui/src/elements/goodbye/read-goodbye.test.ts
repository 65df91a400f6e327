import { describe, expect, it } from 'vitest'
import { createConnection } from '../connection-card/testing/create-connection.ts'
import { endedByReset, mayHaveAccess, readGoodbye } from './read-goodbye.ts'

const goodbye = (pending: number, givenUp = 0) => ({ pending, givenUp, since: '', nextAttemptAt: null, code: null })

describe('what a provider has still to be told', () => {
  it.each([
    ['nothing, when all is confirmed', null, null, 'said', false],
    ['is tried again, and a person can be faster', 'provider_unavailable', goodbye(2), 'pending', true],
    ['is tried again, where the access was not to be removed', null, goodbye(1), 'pending', false],
    ['is a person’s to do, when nobody tries any more', 'provider_unavailable', goodbye(0, 1), 'unconfirmed', true],
    ['ends by itself, when only notifications are left', null, goodbye(0, 1), 'given_up', false],
    ['nothing, after a reset that was confirmed', 'google_reset', null, 'said', false],
    ['is tried again, after a reset', 'google_reset', goodbye(1), 'pending', false],
    ['is a person’s to do, after a reset that nobody confirmed', 'google_reset', goodbye(0, 1), 'unconfirmed', true],
  ] as const)('%s', (_, reason, left, state, access) => {
    const connection = createConnection({ status: 'disconnected', reason }, { goodbye: left })
    expect(readGoodbye(connection)).toBe(state)
    expect(mayHaveAccess(connection)).toBe(access)
  })

  it('is no matter of a connection that lives again', () => {
    expect(readGoodbye(createConnection({}, { goodbye: goodbye(1) }))).toBe('said')
  })
})

describe('the end by an admin', () => {
  it('is told from any other', () => {
    expect(endedByReset({ status: 'disconnected', reason: 'google_reset' })).toBe(true)
    expect(endedByReset({ status: 'disconnected', reason: null })).toBe(false)
    expect(endedByReset({ status: 'connected', reason: 'google_reset' })).toBe(false)
  })
})
