import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { revealSecret } from '../model/index.ts'
import { readGrant, readTokenRefusal } from './token-answer.ts'

const askedAt = Date.UTC(2026, 10, 21, 8)
const day = 24 * 60 * 60_000
const good = { access_token: 'EXAMPLE_access', expires_in: 3599, token_type: 'Bearer' }
const printable = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)), minLength: 1 })

describe('a token answer', () => {
  it('is a grant whose times are whole, in order and near, or none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer(), fc.anything()), fc.anything(), (expires_in, refresh_token_expires_in) => {
        const grant = readGrant({ ...good, expires_in, refresh_token_expires_in }, askedAt)
        if (grant === null) return
        const { expiresAt, refreshExpiresAt } = grant
        expect(Number.isSafeInteger(expiresAt) && expiresAt >= askedAt && expiresAt <= askedAt + day).toBe(true)
        expect(refreshExpiresAt === null || (Number.isSafeInteger(refreshExpiresAt) && refreshExpiresAt >= askedAt)).toBe(true)
      }),
    )
  })

  it('is any JSON at all, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(readGrant(json, askedAt)).toBeNull()
        expect(() => readTokenRefusal(json)).not.toThrow()
      }),
    )
  })

  it('gives back the tokens that can be sent on', () => {
    fc.assert(
      fc.property(printable, printable, (access_token, refresh_token) => {
        const grant = readGrant({ ...good, access_token, refresh_token }, askedAt)
        expect(grant && revealSecret(grant.accessToken)).toBe(access_token)
        expect(grant?.refreshToken && revealSecret(grant.refreshToken)).toBe(refresh_token)
      }),
    )
  })

  it.each(['', ' ', 'EXAMPLE_a b', 'EXAMPLE_\n', 'EXAMPLE_\u0000', 'EXAMPLE_ü', 'x'.repeat(16_385)])(
    'has no access token %j',
    (access_token) => {
      expect(readGrant({ ...good, access_token }, askedAt)).toBeNull()
    },
  )

  it.each([undefined, null, ''])('has no refresh token when that is %j', (refresh_token) => {
    expect(readGrant({ ...good, refresh_token }, askedAt)).toMatchObject({ refreshToken: null })
  })
})

describe('a refusal', () => {
  it('is a machine’s word, whatever stands beside it', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (error_description, error_subtype) => {
        expect(readTokenRefusal({ error: 'invalid_grant', error_description, error_subtype })).toMatchObject({ reason: 'invalid_grant' })
      }),
    )
  })

  it.each([undefined, null, 400, '', 'Invalid_Grant', 'invalid_grant ', 'a'.repeat(65), ['invalid_grant'], { code: 400 }])(
    'is not %j',
    (error) => {
      expect(readTokenRefusal({ error })).toBeNull()
    },
  )
})
