import { parseDirectoryId, parseEntraClientId, parseEntraClientSecret, parseSecretExpiry } from '@tenantry/sdk/model'
import type { MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import { checkChange, hasValue, problemOf } from '../../elements/setup-panel/index.ts'
import type { FieldProblem } from '../../elements/setup-panel/index.ts'
import type { SetupField, SetupForm } from './setup-form.ts'

/** What is wrong with the form, by field. The rules are the model's parsers, the same that the server applies. An answer never carries what was typed. */
export function checkSetupForm(form: SetupForm, status: MicrosoftSetupStatus): Partial<Record<SetupField, FieldProblem>> {
  const typedId = form.clientId.action === 'replace' ? form.clientId.value : undefined
  const found = [
    ...missingHalf(form, status).map((field) => [field, 'required'] as const),
    ['directoryId', checkChange(form.directoryId, parseDirectoryId)],
    ['clientId', checkChange(form.clientId, parseEntraClientId)],
    ['clientSecret', checkChange(form.clientSecret, (text) => parseEntraClientSecret(text, typedId))],
    ['secretExpiresOn', form.secretExpiresOn.trim() === '' ? null : problemOf(() => parseSecretExpiry(form.secretExpiresOn))],
  ] as const
  return Object.fromEntries(found.filter(([, problem]) => problem !== null))
}

// A secret without its app is of no use to anybody.
function missingHalf({ clientId, clientSecret }: SetupForm, { fields }: MicrosoftSetupStatus): SetupField[] {
  return hasValue(clientSecret, fields.clientSecret.set) && !hasValue(clientId, fields.clientId.set) ? ['clientId'] : []
}
