import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../errors/index.ts'
import { revealSecret } from '../../model/index.ts'
import { createGoogleVendor } from './google-vendor.ts'

const at = (name: string) => `https://google.example.com/${name}`
const vendor = createGoogleVendor({
  authorization: at('auth'),
  token: at('token'),
  revocation: at('revoke'),
  jwks: at('certs'),
  gmail: at('gmail'),
  calendar: at('calendar'),
  pubsub: at('pubsub'),
})
const stored = (fields: object) =>
  JSON.stringify({ calendarMode: 'shared', notifications: 'polling', userType: null, stamps: {}, ...fields })
const gmailApp = { projectId: 'acme-mail-1', clientId: 'gmail-id', clientSecret: 'EXAMPLE_gmail' }
const calendarApp = { calendarClientId: 'calendar-id', calendarClientSecret: 'EXAMPLE_calendar' }

describe('an error on the callback', () => {
  it.each([
    ['access_denied', 'access_denied'],
    ['admin_policy_enforced', 'admin_policy'],
    ['org_internal', 'admin_policy'],
    ['deleted_client', 'app_client_id_invalid'],
    ['disabled_client', 'app_client_disabled'],
    ['something_new', 'oauth_refused'],
    ['', 'oauth_refused'],
    ['constructor', 'oauth_refused'],
    ['__proto__', 'oauth_refused'],
    ['<script>', 'oauth_refused'],
  ])('%j is the code %s', (error, code) => {
    expect(vendor.callbackError(error, '')).toBe(code)
    expect(errorCodes).toContain(vendor.callbackError(error, ''))
  })
})

describe('the app of a service', () => {
  it('is Gmail’s for both while the mode is shared, even when Calendar has one of its own', () => {
    const bundle = stored({ ...gmailApp, ...calendarApp })
    for (const service of ['gmail', 'calendar']) {
      const app = vendor.resolveApp(bundle, 'v1', service)
      expect([app.clientId, revealSecret(app.clientSecret), app.version]).toEqual(['gmail-id', 'EXAMPLE_gmail', 'v1'])
    }
  })

  it('is Calendar’s own in separate mode, and never Gmail’s instead', () => {
    expect(vendor.resolveApp(stored({ ...gmailApp, ...calendarApp, calendarMode: 'separate' }), 'v1', 'calendar').clientId).toBe(
      'calendar-id',
    )
    const half = stored({ ...gmailApp, calendarClientId: 'calendar-id', calendarMode: 'separate' })
    expect(() => vendor.resolveApp(half, 'v1', 'calendar')).toThrow(
      expect.objectContaining({ code: 'google_not_configured', values: { missing: 'calendarClientSecret' } }),
    )
  })

  it.each(['{', '"text"', '[]', '{"calendarMode":"both"}', stored({ clientSecret: 5 })])(
    'is unreadable, not missing, when %j is stored',
    (bundle) => {
      const failure = (() => {
        try {
          return vendor.resolveApp(bundle, 'v1', 'gmail')
        } catch (error) {
          return error
        }
      })()
      expect(failure).toMatchObject({ code: 'secrets_unreadable' })
      expect(String(failure)).not.toContain('EXAMPLE_')
    },
  )

  it('is not configured when nothing is stored', () => {
    expect(() => vendor.resolveApp('', '', 'gmail')).toThrow(expect.objectContaining({ code: 'google_not_configured' }))
  })
})
