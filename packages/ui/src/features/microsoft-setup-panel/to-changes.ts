import { cleanPaste } from '@tenantry/sdk/model'
import type { MicrosoftChanges, MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import { toSecretChanges } from '../../elements/setup-panel/index.ts'
import type { SetupForm } from './setup-form.ts'

const secretFields = ['directoryId', 'clientId', 'clientSecret'] as const

/** Only what was changed: a field that was left alone is absent, so that nothing is ever saved over it. */
export function toChanges(form: SetupForm, status: MicrosoftSetupStatus): Omit<MicrosoftChanges, 'ifVersion'> {
  const day = cleanPaste(form.secretExpiresOn)
  return {
    ...(form.cloud !== status.cloud && { cloud: form.cloud }),
    ...(day !== (status.secretExpiresOn ?? '') && { secretExpiresOn: day || null }),
    ...toSecretChanges(secretFields, form, status.fields),
  }
}

/** Whether the person has typed or chosen anything that is not saved. */
export function isChanged(form: SetupForm, status: MicrosoftSetupStatus): boolean {
  return Object.keys(toChanges(form, status)).length > 0
}
