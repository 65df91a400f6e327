import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyGoogleBundle } from '../../../model/google-setup.ts'
import type { GoogleBundle } from '../../../model/google-setup.ts'
import type { SubscriptionRecord } from '../../../ports/index.ts'
import { defaultPushOptions, parsePushOptions, pushOptionsOf } from './options.ts'
import type { PushOptions } from './options.ts'
import { planPush, topicOf } from './plan.ts'
import { gmailRenewAt } from '../subscribe.ts'

const key = 'K'.repeat(32)
const ports = { environment: 'test', pushUrl: 'https://app.example.com' }
const serviceAccountKey = {
  type: 'service_account' as const,
  project_id: 'acme-mail-1',
  private_key_id: 'EXAMPLE_id',
  private_key: 'EXAMPLE_key',
  client_email: 'pusher@acme-mail-1.iam.gserviceaccount.com',
  client_id: '1',
}
const managed: GoogleBundle = {
  ...emptyGoogleBundle,
  projectId: 'acme-mail-1',
  clientId: '123-a.apps.googleusercontent.com',
  serviceAccountKey,
}
const manual: GoogleBundle = { ...managed, notifications: 'manual' }
const pull: PushOptions = { notify: 'pull', deadLetter: null }
const plan = (bundle: GoogleBundle, options = defaultPushOptions, change: Partial<typeof ports> = {}) =>
  planPush({ ...ports, ...change }, options, bundle, key)
const targetOf = (...input: Parameters<typeof plan>) => {
  const made = plan(...input)
  return made.mode === 'polling' ? made.reason : made.target
}

describe('the plan', () => {
  it.each<[string, GoogleBundle, PushOptions, Partial<typeof ports>, object]>([
    [
      'managed',
      managed,
      defaultPushOptions,
      {},
      { mode: 'managed', transport: 'push', wanted: { signer: serviceAccountKey.client_email } },
    ],
    [
      'managed, fetched',
      managed,
      pull,
      {},
      { mode: 'managed', transport: 'pull', wanted: { pushEndpoint: null, audience: null, signer: null } },
    ],
    ['managed, fetched, without an address', managed, pull, { pushUrl: 'http://localhost:3000' }, { mode: 'managed', transport: 'pull' }],
    [
      'managed, without an address',
      managed,
      defaultPushOptions,
      { pushUrl: 'http://localhost:3000' },
      { mode: 'polling', reason: 'push_not_possible' },
    ],
    [
      'manual',
      manual,
      defaultPushOptions,
      {},
      { mode: 'manual', signer: 'tenantry-push@acme-mail-1.iam.gserviceaccount.com', namedSigner: false },
    ],
    ['manual with a name', { ...manual, pushServiceAccount: 'a@b' }, defaultPushOptions, {}, { signer: 'a@b', namedSigner: true }],
    ['manual, fetched', manual, pull, {}, { mode: 'polling', reason: 'push_not_possible' }],
    [
      'manual, without an address',
      manual,
      defaultPushOptions,
      { pushUrl: 'https://10.0.0.5' },
      { mode: 'polling', reason: 'push_not_possible' },
    ],
    ['polling', { ...managed, notifications: 'polling' }, pull, {}, { mode: 'polling', reason: 'polling_chosen' }],
    [
      'polling, with nothing saved',
      { ...emptyGoogleBundle, notifications: 'polling' },
      defaultPushOptions,
      {},
      { reason: 'polling_chosen' },
    ],
  ])('%s', (_, bundle, options, change, expected) => {
    expect(plan(bundle, options, change)).toMatchObject(expected)
  })

  it.each([
    [emptyGoogleBundle, 'projectId, serviceAccountKey'],
    [{ ...managed, serviceAccountKey: undefined } as unknown as GoogleBundle, 'serviceAccountKey'],
    [{ ...emptyGoogleBundle, notifications: 'manual' as const }, 'projectId'],
  ])('of an unfinished setup says what is missing: %#', (bundle, missing) => {
    expect(() => plan(bundle)).toThrow(expect.objectContaining({ code: 'google_not_configured', values: { missing } }))
  })

  it('uses the tenant’s own topic only by hand', () => {
    expect(topicOf(targetOf({ ...manual, topicName: 'mail' }))).toBe('projects/acme-mail-1/topics/mail')
    expect(targetOf({ ...managed, topicName: 'mail' })).toBe(targetOf(managed))
  })

  it('has another target whenever a watch has to be opened anew, and the same otherwise', () => {
    const targets = [
      targetOf(managed),
      targetOf(managed, pull),
      targetOf(manual),
      targetOf({ ...manual, topicName: 'mail' }),
      targetOf({ ...managed, projectId: 'acme-mail-2' }),
      targetOf(managed, defaultPushOptions, { pushUrl: 'https://new.example.com' }),
      targetOf(managed, defaultPushOptions, { environment: 'staging' }),
    ]
    expect(new Set(targets).size).toBe(targets.length)
    expect(targetOf({ ...managed, userType: 'internal', clientSecret: 'EXAMPLE_new' })).toBe(targetOf(managed))
  })
})

describe('the host’s options', () => {
  it('have defaults, and are found on the provider', () => {
    expect(parsePushOptions({})).toEqual(defaultPushOptions)
    const options = parsePushOptions({ notify: 'pull', deadLetter: { maxDeliveryAttempts: 5 } })
    expect(options).toEqual({ notify: 'pull', deadLetter: { maxDeliveryAttempts: 5 } })
    expect([pushOptionsOf({ push: options }), pushOptionsOf({})]).toEqual([options, defaultPushOptions])
  })

  it.each([
    { notify: 'poll' },
    { deadLetter: { maxDeliveryAttempts: 4 } },
    { deadLetter: { maxDeliveryAttempts: 101 } },
    { deadLetter: { maxDeliveryAttempts: 5.5 } },
  ])('%j is a programming error', (options) => {
    expect(() => parsePushOptions(options as Parameters<typeof parsePushOptions>[0])).toThrow(TypeError)
  })
})

describe('the renewal', () => {
  const hour = 60 * 60_000
  it('is due 20 to 24 hours after the opening, for a connection always at the same time, for many spread out', () => {
    const at = (connectionId: string, createdAt = 0) => gmailRenewAt({ connectionId, createdAt } as SubscriptionRecord)
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 0, max: 2 ** 41 }), (id, createdAt) => {
        const due = at(id, createdAt) - createdAt
        expect(due).toBeGreaterThanOrEqual(20 * hour)
        expect(due).toBeLessThanOrEqual(24 * hour)
        expect(due).toBe(at(id))
        expect(Number.isInteger(due)).toBe(true)
      }),
    )
    const quarters = new Set(Array.from({ length: 200 }, (_, index) => Math.floor((at(`connection-${index}`) - 20 * hour) / hour)))
    expect([...quarters].toSorted()).toEqual([0, 1, 2, 3])
  })
})
