import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeBase64Url } from '../../crypto/index.ts'
import { googlePushNames, isOurs, ownerLabels, projectNumberOf } from './names.ts'

const environment = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,30}$/)
const key = fc.uint8Array({ minLength: 24, maxLength: 24 }).map((bytes) => encodeBase64Url(bytes))
const pushUrl = fc.constantFrom('https://app.example.com', 'https://tunnel.example.org:8443')

describe('names for a tenant’s push', () => {
  it('are valid Pub/Sub ids for any environment and key, and the audience is the endpoint', () => {
    fc.assert(
      fc.property(environment, key, pushUrl, (environment, key, pushUrl) => {
        const names = googlePushNames({ projectId: 'acme-mail-1', environment, pushUrl, key })
        // cloud.google.com/pubsub/docs/create-topic: 3 to 255 characters, a letter first, not "goog".
        for (const [kind, name] of [
          ['topics', names.topic],
          ['subscriptions', names.subscription],
          ['topics', names.deadLetterTopic],
          ['subscriptions', names.deadLetterSubscription],
        ] as const) {
          const [projects, projectId, kinds, id = '', ...rest] = name.split('/')
          expect([projects, projectId, kinds, rest]).toEqual(['projects', 'acme-mail-1', kind, []])
          expect(id).toMatch(/^(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}$/)
        }
        expect(names.audience).toBe(names.endpoint)
        expect(new URL(names.endpoint).href).toBe(names.endpoint)
        expect(names.endpoint).toBe(`${pushUrl}/api/email/webhooks/google/${key}`)
        expect(googlePushNames({ projectId: 'acme-mail-1', environment, pushUrl, key })).toEqual(names)
      }),
      { numRuns: 1000 },
    )
  })

  it('tell environments and tenants apart', () => {
    const name = (environment: string, key: string) =>
      googlePushNames({ projectId: 'acme-mail-1', environment, pushUrl: 'https://app.example.com', key }).topic
    const keys = ['AbCdEfGhIjKlMnOpQrStUvWxYz012345', 'BbCdEfGhIjKlMnOpQrStUvWxYz012345']
    expect(new Set(['production', 'staging', 'staging-2'].flatMap((environment) => keys.map((key) => name(environment, key)))).size).toBe(6)
  })

  it('are these, so that resources made before are found again', () => {
    expect(
      googlePushNames({
        projectId: 'acme-mail-1',
        environment: 'production',
        pushUrl: 'https://app.example.com',
        key: 'AbCdEfGhIjKlMnOpQrStUvWxYz012345',
      }),
    ).toEqual({
      topic: 'projects/acme-mail-1/topics/tenantry-production-abcdefghijklmnop-gmail',
      subscription: 'projects/acme-mail-1/subscriptions/tenantry-production-abcdefghijklmnop-gmail-push',
      endpoint: 'https://app.example.com/api/email/webhooks/google/AbCdEfGhIjKlMnOpQrStUvWxYz012345',
      deadLetterTopic: 'projects/acme-mail-1/topics/tenantry-production-abcdefghijklmnop-gmail-dead',
      deadLetterSubscription: 'projects/acme-mail-1/subscriptions/tenantry-production-abcdefghijklmnop-gmail-dead',
      audience: 'https://app.example.com/api/email/webhooks/google/AbCdEfGhIjKlMnOpQrStUvWxYz012345',
    })
  })

  it('keep every environment apart that may exist in one project, also on a copy of the same database', () => {
    fc.assert(
      fc.property(environment, environment, key, (first, second, key) => {
        fc.pre(first !== second)
        const of = (environment: string) =>
          googlePushNames({ projectId: 'acme-mail-1', environment, pushUrl: `https://${environment}.example.com`, key })
        const [left, right] = [Object.values(of(first)), Object.values(of(second))]
        expect(left.filter((name) => right.includes(name))).toEqual([])
        expect(isOurs(ownerLabels({ environment: first, key }), ownerLabels({ environment: second, key }))).toBe(false)
      }),
      { numRuns: 1000, examples: [['a-b', 'a--b', 'AbCdEfGhIjKlMnOpQrStUvWxYz012345']] },
    )
  })

  it('have a subscription of its own for each topic, because a subscription never changes its topic', () => {
    const of = (topicName?: string) =>
      googlePushNames({ projectId: 'acme-mail-1', environment: 'test', pushUrl: 'https://app.example.com', key: 'K'.repeat(32), topicName })
    expect(of('Mail.Events').topic).toBe('projects/acme-mail-1/topics/Mail.Events')
    expect(new Set([of(), of('one'), of('two'), of('Two')].map(({ subscription }) => subscription)).size).toBe(4)
    expect(
      of(`t${'o'.repeat(254)}`)
        .subscription.split('/')
        .at(-1)?.length,
    ).toBeLessThan(256)
  })
})

describe('the labels that prove ownership', () => {
  it('are valid resource labels for any environment and key', () => {
    fc.assert(
      fc.property(environment, key, (environment, key) => {
        for (const [name, value] of Object.entries(ownerLabels({ environment, key }))) {
          expect(name).toMatch(/^[a-z][a-z0-9_-]{0,62}$/)
          expect(value).toMatch(/^[a-z0-9_-]{1,63}$/)
        }
      }),
    )
  })

  it('all have to be there, and others do not matter', () => {
    const ours = ownerLabels({ environment: 'test', key: 'K'.repeat(32) })
    expect(isOurs({ ...ours, team: 'support' }, ours)).toBe(true)
    for (const name of Object.keys(ours)) {
      const { [name]: _, ...rest } = ours
      expect(isOurs(rest, ours)).toBe(false)
      expect(isOurs({ ...ours, [name]: 'other' }, ours)).toBe(false)
    }
    expect(isOurs({}, ours)).toBe(false)
  })
})

describe('the project number', () => {
  it.each([
    ['123456789012-abc.apps.googleusercontent.com', '123456789012'],
    ['abc.apps.googleusercontent.com', null],
    ['', null],
  ])('of %j is %s', (clientId, number) => {
    expect(projectNumberOf(clientId)).toBe(number)
  })
})
