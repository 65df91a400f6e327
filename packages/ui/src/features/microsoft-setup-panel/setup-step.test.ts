import type { MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import { describe, expect, it } from 'vitest'
import { checkSetupForm } from './check-setup-form.ts'
import { toForm } from './setup-form.ts'
import type { SetupForm } from './setup-form.ts'
import { isSecretEnding, readSetupSteps } from './setup-step.ts'
import { toChanges } from './to-changes.ts'

const fact = { set: true, fingerprint: 'EXAMPLE', updatedAt: '2026-11-21T08:00:00.000Z', updatedBy: 'Dana' } as const
const unset = { set: false } as const

const empty: MicrosoftSetupStatus = {
  state: 'missing',
  version: null,
  cloud: 'global',
  directoryId: null,
  maskedClientId: null,
  secretExpiresOn: null,
  secretDaysLeft: null,
  fields: { clientId: unset, clientSecret: unset, directoryId: unset },
  missing: ['directoryId', 'clientId', 'clientSecret'],
  redirectUri: 'https://app.example.com/api/auth/microsoft/callback',
  baseUrlProblem: null,
  pushPossible: true,
  adminConsentUrl: null,
  offers: [],
  relayName: null,
  hostApp: null,
  connections: 0,
  goodbye: null,
  permissions: { save: true, test: true, reset: true },
}
const saved: MicrosoftSetupStatus = {
  ...empty,
  state: 'configured',
  fields: { clientId: fact, clientSecret: fact, directoryId: fact },
  missing: [],
}

const read = (status: MicrosoftSetupStatus, more: Partial<Parameters<typeof readSetupSteps>[0]> = {}) =>
  readSetupSteps({ status, form: toForm(status), invalid: new Set(), declared: { approved: false }, report: undefined, ...more }).map(
    ({ id, state }) => `${id} ${state}`,
  )
const typed = (value: string) => ({ action: 'replace', value }) as const

describe('steps of the Microsoft setup', () => {
  it('begin with nothing done, and nothing to check', () => {
    expect(read(empty)).toEqual(['register todo', 'secret todo', 'permissions todo', 'verify locked'])
  })

  it('are done with what is saved; the approval is the person’s word, or a mailbox that works', () => {
    expect(read(saved)).toEqual(['register done', 'secret done', 'permissions todo', 'verify todo'])
    expect(read(saved, { declared: { approved: true } })[2]).toBe('permissions done')
    expect(read({ ...saved, connections: 1 }).slice(2)).toEqual(['permissions done', 'verify done'])
  })

  it('ask for attention a month before the secret ends', () => {
    expect(read({ ...saved, secretDaysLeft: 31 })[1]).toBe('secret done')
    expect(read({ ...saved, secretDaysLeft: 30 })[1]).toBe('secret attention')
    expect(isSecretEnding({ secretDaysLeft: -1 })).toBe(true)
  })
})

describe('the form of the Microsoft setup', () => {
  const form = (more: Partial<SetupForm>): SetupForm => ({ ...toForm(empty), ...more })

  it('sends only what was changed', () => {
    expect(toChanges(toForm(saved), saved)).toEqual({})
    expect(toChanges(form({ secretExpiresOn: ' 2027-01-31 ', clientSecret: typed(' ') }), empty)).toEqual({ secretExpiresOn: '2027-01-31' })
    expect(
      toChanges(
        { ...toForm({ ...saved, secretExpiresOn: '2027-01-31' }), secretExpiresOn: '' },
        { ...saved, secretExpiresOn: '2027-01-31' },
      ),
    ).toEqual({
      secretExpiresOn: null,
    })
  })

  it('tells the value of a secret from its ID, by the model’s own rules', () => {
    const guid = '33333333-2222-4333-8444-555555555555'
    expect(checkSetupForm(form({ clientSecret: typed(guid), clientId: typed('22222222-2222-4333-8444-555555555555') }), empty)).toEqual({
      clientSecret: 'client_secret_is_secret_id',
    })
    expect(checkSetupForm(form({ clientSecret: typed(guid), clientId: typed(guid) }), empty)).toEqual({
      clientSecret: 'client_secret_is_client_id',
    })
  })

  it('owes an app to a secret', () => {
    expect(checkSetupForm(form({ clientSecret: typed('EXAMPLE_secret_value') }), empty)).toEqual({ clientId: 'required' })
    expect(checkSetupForm(form({ secretExpiresOn: '31.01.2027' }), saved)).toEqual({ secretExpiresOn: 'secret_expiry_invalid' })
  })
})
