import { describe, expect, it } from 'vitest'
import {
  canTransition,
  connectionStatuses,
  emptyGoogleBundle,
  googleFields,
  googleScopes,
  isLive,
  missingForService,
  missingForSetup,
  missingScopes,
} from './index.ts'
import type { GoogleBundle } from './index.ts'

describe('the statuses of a connection', () => {
  it('may always stay, and always be ended', () => {
    for (const status of connectionStatuses) {
      expect([status, canTransition(status, status)]).toEqual([status, true])
      expect([status, canTransition(status, 'disconnected')]).toEqual([status, true])
    }
  })

  it('come back to connected from everywhere', () => {
    expect(connectionStatuses.filter((status) => !canTransition(status, 'connected'))).toEqual([])
  })

  it('never wake up by trouble: what a person ended or paused stays so', () => {
    for (const trouble of ['needs_reauth', 'blocked_by_app', 'not_configured', 'paused'] as const)
      expect([trouble, canTransition('disconnected', trouble)]).toEqual([trouble, false])
    for (const trouble of ['blocked_by_app', 'not_configured', 'error'] as const)
      expect([trouble, canTransition('paused', trouble)]).toEqual([trouble, false])
    expect(canTransition('needs_reauth', 'paused')).toBe(false)
  })

  it('tell a dead sign-in and a broken app also when the app was not set up before', () => {
    expect([canTransition('not_configured', 'needs_reauth'), canTransition('not_configured', 'blocked_by_app')]).toEqual([true, true])
  })

  it('are each reached from another one', () => {
    for (const to of connectionStatuses) expect(connectionStatuses.some((from) => from !== to && canTransition(from, to))).toBe(true)
  })

  it('run upkeep unless a person has to act or wants silence', () => {
    expect(connectionStatuses.filter((status) => !isLive(status))).toEqual(['connecting', 'needs_reauth', 'paused', 'disconnected'])
  })
})

describe('what is missing of a Google app', () => {
  const full: GoogleBundle = {
    ...emptyGoogleBundle,
    clientId: 'id',
    clientSecret: 'EXAMPLE_secret',
    projectId: 'acme-mail-1',
    serviceAccountKey: {
      type: 'service_account',
      project_id: 'p',
      private_key_id: 'i',
      private_key: 'EXAMPLE_key',
      client_email: 'e',
      client_id: 'c',
    },
  }
  const { serviceAccountKey: _, ...keyless } = full

  it('is everything at first, in the order of the panel, each once', () => {
    expect(missingForSetup(emptyGoogleBundle, ['gmail', 'calendar'])).toEqual([
      'projectId',
      'clientId',
      'clientSecret',
      'serviceAccountKey',
    ])
    expect(missingForSetup(emptyGoogleBundle, ['calendar'])).toEqual(['clientId', 'clientSecret'])
    expect(missingForSetup(emptyGoogleBundle, [])).toEqual([])
  })

  it('is nothing of a full one, and the key only while Tenantry manages the notifications', () => {
    expect(missingForSetup(full, ['gmail', 'calendar'])).toEqual([])
    expect(missingForService(keyless, 'gmail')).toEqual(['serviceAccountKey'])
    expect(missingForService({ ...keyless, notifications: 'manual' }, 'gmail')).toEqual([])
    expect(missingForService({ ...keyless, notifications: 'polling' }, 'gmail')).toEqual([])
  })

  it('follows the stored mode, never which names exist', () => {
    const both = { ...full, calendarClientId: 'other', calendarClientSecret: 'EXAMPLE_other' }
    expect(missingForService({ ...both, calendarMode: 'shared' }, 'calendar')).toEqual([])
    expect(missingForService({ ...full, calendarMode: 'separate' }, 'calendar')).toEqual(['calendarClientId', 'calendarClientSecret'])
    expect(missingForService({ ...both, clientId: '', calendarMode: 'separate' }, 'calendar')).toEqual([])
  })

  it('names fields that exist', () => {
    const named = missingForSetup({ ...emptyGoogleBundle, calendarMode: 'separate' }, ['gmail', 'calendar'])
    expect(named.filter((field) => !googleFields.includes(field))).toEqual([])
  })
})

describe('scopes', () => {
  const [readonly] = googleScopes.gmail

  it.each([
    [readonly, []],
    [`openid ${readonly}  email`, []],
    [`${readonly} ${readonly}`, []],
    ['https://mail.google.com/', []],
    ['https://www.googleapis.com/auth/gmail.modify', []],
    [`${readonly}\n${googleScopes.calendar[0]}`, []],
    ['', [readonly]],
    [`${readonly}x`, [readonly]],
    ['https://www.googleapis.com/auth/gmail.metadata', [readonly]],
    ['constructor __proto__ toString', [readonly]],
  ])('granted as %j leave %j', (granted, missing) => {
    expect(missingScopes(googleScopes.gmail, granted)).toEqual(missing)
  })

  it('of identity are known by both of their names', () => {
    expect(missingScopes(googleScopes.identity, 'openid email')).toEqual([])
    expect(missingScopes(['email'], 'https://www.googleapis.com/auth/userinfo.email')).toEqual([])
  })
})
