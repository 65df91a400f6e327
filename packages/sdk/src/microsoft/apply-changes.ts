import { parseDirectoryId } from '../model/directory-id.ts'
import { parseEntraClientId, parseEntraClientSecret } from '../model/entra-app.ts'
import type { FieldStamp } from '../model/google-setup.ts'
import type { MicrosoftBundle } from '../model/microsoft-setup.ts'
import { parseSecretExpiry } from '../model/secret-expiry.ts'
import { applyFields, draftOf } from '../setup/apply-fields.ts'
import type { MicrosoftChanges } from '../wire/index.ts'

/**
 * The bundle after a save, or an error that names every wrong field at once; nothing is half applied.
 * @throws the fields' codes; `invalid_input` when several are wrong
 */
export function applyChanges(bundle: MicrosoftBundle, changes: MicrosoftChanges, stamp: FieldStamp): MicrosoftBundle {
  const draft = draftOf(bundle)
  const { next, stamps } = draft
  const typedId = changes.clientId?.action === 'replace' ? changes.clientId.value : bundle.clientId
  const parsers = {
    clientId: (input: string) => parseEntraClientId(input),
    clientSecret: (input: string) => parseEntraClientSecret(input, typedId),
    directoryId: (input: string) => parseDirectoryId(input),
  }
  applyFields(draft, changes, parsers, stamp)
  if (changes.cloud !== undefined) next['cloud'] = changes.cloud
  const { secretExpiresOn } = changes
  // The day that is saved is of the secret that was saved with it.
  const isStale = changes.clientSecret !== undefined && changes.clientSecret.action !== 'keep'
  if (secretExpiresOn === null || isStale) delete next['secretExpiresOn']
  if (typeof secretExpiresOn === 'string') draft.collect(() => (next['secretExpiresOn'] = parseSecretExpiry(secretExpiresOn)))
  draft.assertGood()
  return { ...next, stamps } as unknown as MicrosoftBundle
}
