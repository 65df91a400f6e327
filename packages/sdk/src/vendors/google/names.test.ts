import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeBase64Url } from '../../crypto/index.ts'
import { googlePushNames } from './names.ts'

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
      audience: 'https://app.example.com/api/email/webhooks/google/AbCdEfGhIjKlMnOpQrStUvWxYz012345',
    })
  })
})
