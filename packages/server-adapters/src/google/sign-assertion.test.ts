import { createSandbox } from '@tenantry/sandbox'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import { parseServiceAccountKey } from '@tenantry/sdk/model'
import type { ServiceAccountKey } from '@tenantry/sdk/model'
import { JWT } from 'google-auth-library'
import { createLocalJWKSet, decodeJwt, exportJWK, importPKCS8, jwtVerify } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { createGoogleGateway } from './index.ts'

const sandbox = createSandbox()
let key: ServiceAccountKey

beforeAll(async () => {
  const { projectId } = sandbox.google.createProject()
  key = parseServiceAccountKey((await sandbox.google.createServiceAccount({ projectId })).keyJson())
})

const lastForm = () => new URLSearchParams(sandbox.requests.filter(({ operation }) => operation === 'oauth.token').at(-1)?.body)

async function askThroughGateway(changes: Partial<ServiceAccountKey> = {}): Promise<URLSearchParams> {
  const gateway = createGoogleGateway({
    endpoints: sandbox.endpoints,
    fetch: sandbox.fetch,
    crypto: createWebCrypto(),
    clock: sandbox.clock,
  })
  await gateway.pubsub.checkKey({ ...key, ...changes })
  return lastForm()
}

async function askThroughGoogleAuthLibrary(): Promise<{ form: URLSearchParams; accessToken: string }> {
  const fetchImplementation: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    return sandbox.fetch(new Request(`${new URL(sandbox.endpoints.token).origin}/${url.host}${url.pathname}`, init))
  }
  const client = new JWT({
    email: key.client_email,
    key: key.private_key,
    scopes: ['https://www.googleapis.com/auth/pubsub'],
    transporterOptions: { fetchImplementation },
  })
  const { access_token: accessToken } = await client.authorize()
  return { form: lastForm(), accessToken: accessToken ?? '' }
}

describe('the assertion of a service account', () => {
  it('says what google-auth-library says, and the same Google takes both', async () => {
    const theirs = await askThroughGoogleAuthLibrary()
    const ours = await askThroughGateway()
    expect(theirs.accessToken).toMatch(/^ya29\./)
    expect([...ours.keys()].toSorted()).toEqual([...theirs.form.keys()].toSorted())
    expect(ours.get('grant_type')).toBe(theirs.form.get('grant_type'))
    const [claims, expected] = [ours, theirs.form].map((form) => decodeJwt(form.get('assertion') ?? ''))
    const atOne = { iat: 0, exp: 3600 }
    expect({ ...claims, ...atOne }).toEqual({ ...expected, ...atOne })
    expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(3600)
    expect(Math.abs((claims?.iat ?? 0) - (expected?.iat ?? 0))).toBeLessThan(10)
  })

  it('is signed with the key that it names', async () => {
    const assertion = (await askThroughGateway()).get('assertion') ?? ''
    const { kty = '', n = '', e = '' } = await exportJWK(await importPKCS8(key.private_key, 'RS256', { extractable: true }))
    const { protectedHeader } = await jwtVerify(assertion, createLocalJWKSet({ keys: [{ kty, n, e, kid: key.private_key_id }] }))
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: key.private_key_id })
  })

  it('goes to the pinned endpoint, whatever an uploaded key adds', async () => {
    sandbox.clearRequests()
    await askThroughGateway({ token_uri: 'https://evil.example/token', universe_domain: 'evil.example' } as Partial<ServiceAccountKey>)
    expect(sandbox.requests.map(({ url }) => url)).toEqual([sandbox.endpoints.token])
    expect(decodeJwt(lastForm().get('assertion') ?? '').aud).toBe('https://oauth2.googleapis.com/token')
  })

  it('is not made from a key that cannot sign, and nothing leaves', async () => {
    sandbox.clearRequests()
    const broken = key.private_key.replace(/\n[^\n]+\n-----END/, '\n-----END')
    const error = await askThroughGateway({ private_key: broken }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'TenantryError', code: 'key_private_key_invalid' })
    expect(String(error) + JSON.stringify(error)).not.toContain(broken.slice(40, 80))
    expect(sandbox.requests).toEqual([])
  })
})
