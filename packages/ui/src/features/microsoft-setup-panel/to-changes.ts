import { cleanPaste } from '@tenantry/sdk/model'
import type { MicrosoftChanges, MicrosoftSetupStatus, SecretChange } from '@tenantry/sdk/wire'
import type { SetupForm } from './setup-form.ts'

const secretFields = ['directoryId', 'clientId', 'clientSecret'] as const

/** Only what was changed: a field that was left alone is absent, so that nothing is ever saved over it. */
export function toChanges(form: SetupForm, status: MicrosoftSetupStatus): Omit<MicrosoftChanges, 'ifVersion'> {
  const secrets = secretFields.flatMap((field) => {
    const change = toChange(form[field], status.fields[field].set)
    return change ? [[field, change] as const] : []
  })
  const day = cleanPaste(form.secretExpiresOn)
  return {
    ...(form.cloud !== status.cloud && { cloud: form.cloud }),
    ...(day !== (status.secretExpiresOn ?? '') && { secretExpiresOn: day || null }),
    ...Object.fromEntries(secrets),
  }
}

/** Whether the person has typed or chosen anything that is not saved. */
export function isChanged(form: SetupForm, status: MicrosoftSetupStatus): boolean {
  return Object.keys(toChanges(form, status)).length > 0
}

function toChange(change: SecretChange, saved: boolean): SecretChange | null {
  if (change.action === 'remove') return saved ? change : null
  if (change.action === 'keep') return null
  const value = cleanPaste(change.value)
  return value === '' ? null : { action: 'replace', value }
}
