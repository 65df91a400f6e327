import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { microsoftClouds, revealSecret } from '../../model/index.ts'
import type { MicrosoftCloud } from '../../model/index.ts'
import type { MicrosoftEndpoints } from '../../ports/index.ts'
import { cloudOf } from './clouds.ts'
import { createMicrosoftVendor } from './microsoft-vendor.ts'

const server = { host: 'mail.example.com', port: 993, security: 'tls' } as const
const cloud = (name: string): MicrosoftEndpoints => ({
  login: `https://login.${name}.example`,
  graph: `https://graph.${name}.example`,
  resources: { graph: `https://graph.${name}.resource`, outlook: `https://outlook.${name}.resource` },
  imap: server,
  smtp: server,
})
const endpoints = Object.fromEntries(microsoftClouds.map((name) => [name, cloud(name)])) as Record<MicrosoftCloud, MicrosoftEndpoints>
const vendor = createMicrosoftVendor(endpoints)

const directory = '11111111-1111-4111-8111-111111111111'
const elsewhere = '22222222-2222-4222-8222-222222222222'
const client = '33333333-3333-4333-8333-333333333333'
const oid = '44444444-4444-4444-8444-444444444444'
const stored = (fields: object) => JSON.stringify({ cloud: 'global', stamps: {}, ...fields })
const whole = { directoryId: directory, clientId: client, clientSecret: 'EXAMPLE_secret' }
const app = vendor.resolveApp(stored(whole), 'v1', 'mailbox')
const ofDomain = vendor.resolveApp(stored({ ...whole, directoryId: 'acme.test' }), 'v1', 'mailbox')
const issuerOf = (tid: string) => `https://login.microsoftonline.com/${tid}/v2.0`
const claims = { iss: issuerOf(directory), tid: directory, oid, preferred_username: 'dana@acme.test' }

describe('the app', () => {
  it('is asked at its own directory, in its own cloud', () => {
    expect(app).toMatchObject({
      clientId: client,
      version: 'v1',
      endpoints: {
        issuer: issuerOf(directory),
        authorization: `https://login.global.example/${directory}/oauth2/v2.0/authorize`,
        token: `https://login.global.example/${directory}/oauth2/v2.0/token`,
        revocation: null,
        jwks: `https://login.global.example/${directory}/discovery/v2.0/keys`,
      },
      resources: { graph: 'https://graph.global.resource', outlook: 'https://outlook.global.resource' },
    })
    expect(revealSecret(app.clientSecret)).toBe('EXAMPLE_secret')
    for (const name of microsoftClouds)
      expect(cloudOf(endpoints, vendor.resolveApp(stored({ ...whole, cloud: name }), 'v1', 'mailbox'))).toBe(name)
  })

  it.each([
    ['', ['directoryId', 'clientId', 'clientSecret']],
    [stored({ clientId: client }), ['directoryId', 'clientSecret']],
    [stored({ ...whole, clientSecret: undefined }), ['clientSecret']],
  ])('is not configured when %j is stored', (bundle, missing) => {
    expect(() => vendor.resolveApp(bundle, 'v1', 'mailbox')).toThrow(
      expect.objectContaining({ code: 'microsoft_not_configured', values: { missing: missing.join(', ') } }),
    )
  })

  it.each([
    '{',
    '[]',
    '{"cloud":"moon","stamps":{}}',
    stored({ ...whole, clientSecret: 5 }),
    stored({ ...whole, directoryId: 'evil.com/' }),
    stored({ ...whole, directoryId: '../evil' }),
    stored({ ...whole, directoryId: 'ACME.test' }),
  ])('is unreadable, not missing, when %j is stored', (bundle) => {
    const failure = (() => {
      try {
        return vendor.resolveApp(bundle, 'v1', 'mailbox')
      } catch (error) {
        return error
      }
    })()
    expect(failure).toMatchObject({ code: 'secrets_unreadable' })
    expect(String(failure)).not.toContain('EXAMPLE_')
  })
})

describe('whoever signs in', () => {
  it('is named by directory and object, whatever else changes', () => {
    expect(vendor.readAccount(claims, app)).toEqual({ subject: `${directory}/${oid}`, address: 'dana@acme.test' })
    expect(vendor.readAccount({ ...claims, preferred_username: 'dana', email: 'd@acme.test' }, app)?.address).toBe('d@acme.test')
    expect(vendor.readAccount({ ...claims, iss: issuerOf(elsewhere), tid: elsewhere }, ofDomain)?.subject).toBe(`${elsewhere}/${oid}`)
  })

  it.each([
    ['of another directory', { iss: issuerOf(elsewhere), tid: elsewhere }],
    ['of another directory by the right issuer', { tid: elsewhere }],
    ['by another issuer', { iss: 'https://login.microsoftonline.us/x/v2.0' }],
    ['without a directory', { tid: undefined }],
    ['with a directory that is none', { tid: 'common' }],
    ['without an object', { oid: undefined }],
    ['with an object that is none', { oid: 'dana' }],
    ['without an address', { preferred_username: undefined }],
  ])('is nobody %s', (_, change) => {
    expect(vendor.readAccount({ ...claims, ...change }, app)).toBeNull()
  })

  it('is vouched for by the directory’s issuer alone', () => {
    expect(vendor.issuers(app, { tid: directory })).toEqual([issuerOf(directory)])
    expect(vendor.issuers(app, {})).toEqual([issuerOf(directory)])
    expect(vendor.issuers(app, { tid: elsewhere })).toEqual([])
    expect(vendor.issuers(ofDomain, { tid: elsewhere })).toEqual([issuerOf(elsewhere)])
    expect(vendor.issuers(ofDomain, {})).toEqual([])
    const issuers: Record<MicrosoftCloud, string> = {
      global: issuerOf(directory),
      us_gov_high: `https://login.microsoftonline.us/${directory}/v2.0`,
      us_gov_dod: `https://login.microsoftonline.us/${directory}/v2.0`,
      china: `https://login.partner.microsoftonline.cn/${directory}/v2.0`,
    }
    for (const name of microsoftClouds)
      expect(vendor.issuers(vendor.resolveApp(stored({ ...whole, cloud: name }), 'v1', ''), { tid: directory })).toEqual([issuers[name]])
  })

  it('cannot smuggle anything into an issuer', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), fc.webUrl(), fc.constantFrom('..', `${directory}/x`, '{tid}', '$&')), (tid) => {
        expect(vendor.issuers(ofDomain, { tid })).toEqual([])
      }),
    )
  })
})

describe('an administrator’s approval', () => {
  const link = (of = app) => vendor.adminConsentUrl?.(of, { redirectUri: 'https://app.example.com/cb?x=1&y', state: 'EXAMPLE&state' }) ?? ''

  it('is asked for at the directory, for all that is registered', () => {
    const url = new URL(link())
    expect(url.origin + url.pathname).toBe(`https://login.global.example/${directory}/v2.0/adminconsent`)
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: client,
      scope: 'https://graph.global.resource/.default',
      redirect_uri: 'https://app.example.com/cb?x=1&y',
      state: 'EXAMPLE&state',
    })
  })

  const read = (query: string, of = app) => vendor.readAdminConsent?.(new URLSearchParams(query), of)

  it('makes the app itself the account', () => {
    const account = { subject: `${directory}/${client}`, address: `${client}@${directory}` }
    expect(read(`admin_consent=True&tenant=${directory}`)).toEqual(account)
    expect(read(`admin_consent=true&tenant=${directory.toUpperCase()}&scope=x`)).toEqual(account)
    expect(read(`admin_consent=True&tenant=${elsewhere}`, ofDomain)).toMatchObject({ subject: `${elsewhere}/${client}` })
  })

  it.each([
    '',
    'admin_consent=False&tenant=11111111-1111-4111-8111-111111111111',
    'admin_consent=True',
    'admin_consent=True&tenant=acme.test',
    `admin_consent=True&tenant=${elsewhere}`,
    `admin_consent=True&admin_consent=False&tenant=${directory}`,
    `admin_consent=True&tenant=${directory}&tenant=${elsewhere}`,
  ])('is none in %j', (query) => {
    expect(read(query)).toBeNull()
  })
})

it('asks who it is, and never for a consent that an administrator gave already', () => {
  expect(vendor.authorizationParameters({ loginHint: undefined, forceConsent: false })).toEqual({
    response_mode: 'query',
    prompt: 'select_account',
  })
  expect(vendor.authorizationParameters({ loginHint: 'dana@acme.test', forceConsent: true })).toEqual({
    response_mode: 'query',
    prompt: 'select_account',
    login_hint: 'dana@acme.test',
  })
})
