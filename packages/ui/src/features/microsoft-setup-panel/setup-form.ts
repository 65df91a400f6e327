import type { MicrosoftCloud } from '@tenantry/sdk/model'
import type { MicrosoftSetupStatus, SecretChange } from '@tenantry/sdk/wire'

/** What the panel edits. Everything that is write-only is a change, never a value that was saved. */
export interface SetupForm {
  cloud: MicrosoftCloud
  directoryId: SecretChange
  clientId: SecretChange
  clientSecret: SecretChange
  /** `2027-01-31`, or empty. */
  secretExpiresOn: string
}

export type SetupField = keyof SetupForm

/** In the order of the screen: the first invalid one takes the focus. */
export const setupFields: readonly SetupField[] = ['cloud', 'directoryId', 'clientId', 'clientSecret', 'secretExpiresOn']

const keep: SecretChange = { action: 'keep' }

/** The form of what is saved: nothing write-only is in it. */
export function toForm({ cloud, secretExpiresOn }: MicrosoftSetupStatus): SetupForm {
  return { cloud, directoryId: keep, clientId: keep, clientSecret: keep, secretExpiresOn: secretExpiresOn ?? '' }
}
