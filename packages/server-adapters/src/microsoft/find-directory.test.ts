import type { Fetch } from '@tenantry/sdk/ports'
import { describe, expect, it } from 'vitest'
import { createMicrosoftGateway } from './index.ts'
import { clock, json, refusalOf, script } from './testing/script.ts'

const directoryId = '11111111-2222-4333-8444-555555555555'
const find = (fetch: Fetch, domain = 'acme.test') => createMicrosoftGateway({ clock, fetch }).findDirectory('global', domain)
const answering = (issuer: unknown, status = 200) => find(async () => json({ issuer }, { status }))

describe('the directory of a domain', () => {
  it('is what its issuer names, in lower case, and is asked for without a token', async () => {
    const { fetch, asked } = script(() => json({ issuer: `https://login.microsoftonline.com/${directoryId.toUpperCase()}/v2.0` }))
    expect(await find(fetch)).toBe(directoryId)
    expect(asked.map(({ url }) => url)).toEqual(['https://login.microsoftonline.com/acme.test/v2.0/.well-known/openid-configuration'])
    expect([asked[0]?.headers.has('authorization'), asked[0]?.redirect, asked[0]?.credentials]).toEqual([false, 'error', 'omit'])
  })

  it('is none where Entra knows no such domain', async () => {
    const unknown = { error: 'invalid_tenant', error_description: 'AADSTS90002: Tenant not found.', error_codes: [90002] }
    expect(await find(async () => json(unknown, { status: 400 }))).toBeNull()
  })

  it.each([
    ['a template', 'https://login.microsoftonline.com/{tenantid}/v2.0'],
    ['another path', `https://login.microsoftonline.com/${directoryId}/v2.0/x`],
    ['no address', directoryId],
    ['a long one', `https://login.microsoftonline.com/${directoryId}/v2.0${'x'.repeat(300)}`],
    ['a number', 1],
  ])('is not read from an issuer that is %s', async (_, issuer) => {
    expect(await refusalOf(answering(issuer))).toMatchObject({ httpStatus: 200, reason: 'unexpected_answer' })
  })

  it('is not known while Entra does not say', async () => {
    expect(await refusalOf(answering('', 503))).toMatchObject({ httpStatus: 503 })
    expect(await refusalOf(answering('', 429))).toMatchObject({ httpStatus: 429 })
  })

  it.each(['..', '.', ''])('is not asked for by a path of its own: %j', async (domain) => {
    const { fetch, asked } = script()
    await expect(find(fetch, domain)).rejects.toThrow(TypeError)
    expect(asked).toEqual([])
  })

  it.each(['evil.test/', 'common/../evil', '//evil.test', 'acme.test?x=1', 'acmé.test'])('stays one segment: %s', async (domain) => {
    const { fetch, asked } = script(() => json({}, { status: 400 }))
    expect(await find(fetch, domain)).toBeNull()
    const { origin, pathname, search } = new URL(asked[0]?.url ?? '')
    expect([origin, pathname.split('/').length, search]).toEqual(['https://login.microsoftonline.com', 5, ''])
  })
})
