import { TenantryError } from '../errors/index.ts'
import { parseClientId, parseClientSecret } from '../model/client-id.ts'
import type { FieldStamp, GoogleBundle, GoogleField } from '../model/google-setup.ts'
import { parseProjectId } from '../model/project-id.ts'
import { isMasked } from '../model/clean-paste.ts'
import { assertKeyProject, parseServiceAccountKey } from '../model/service-account-key.ts'
import type { ServiceAccountKey } from '../model/service-account-key.ts'
import { applyFields, draftOf } from '../setup/apply-fields.ts'
import type { Draft } from '../setup/apply-fields.ts'
import { parsePushAccount } from '../vendors/google/parse-push-account.ts'
import { parseTopicName } from '../vendors/google/parse-topic-name.ts'
import type { GoogleChanges } from '../wire/index.ts'

const parsers: { readonly [Field in GoogleField]: (input: string) => string | ServiceAccountKey } = {
  clientId: (input) => parseClientId(input, 'clientId'),
  clientSecret: (input) => parseClientSecret(input, 'clientSecret'),
  calendarClientId: (input) => parseClientId(input, 'calendarClientId'),
  calendarClientSecret: (input) => parseClientSecret(input, 'calendarClientSecret'),
  projectId: (input) => parseProjectId(input, 'projectId'),
  calendarProjectId: (input) => parseProjectId(input, 'calendarProjectId'),
  serviceAccountKey: (input) => {
    if (isMasked(input)) throw new TenantryError('masked_value', { field: 'serviceAccountKey' })
    return parseServiceAccountKey(input)
  },
}

/**
 * The bundle after a save, or an error that names every wrong field at once; nothing is half applied.
 * @throws the fields' codes; `invalid_input` when several are wrong
 */
export function applyChanges(bundle: GoogleBundle, changes: GoogleChanges, stamp: FieldStamp): GoogleBundle {
  const draft = draftOf(bundle)
  const { next, stamps } = draft
  applyFields(draft, changes, parsers, stamp)
  if (changes.calendarMode !== undefined) next['calendarMode'] = changes.calendarMode
  if (changes.notifications !== undefined) next['notifications'] = changes.notifications
  if (changes.userType !== undefined) next['userType'] = changes.userType
  applyNames(draft, changes)
  const applied = { ...next, stamps } as GoogleBundle
  draft.collect(() => checkTogether(applied))
  draft.assertGood()
  return applied
}

/** The names for notifications by hand; `null` goes back to ours. A topic's path is held against the project as it will be. */
function applyNames({ next, collect }: Draft, changes: GoogleChanges): void {
  const { projectId } = next
  const set = (field: 'topicName' | 'pushServiceAccount', parse: (input: string) => string | null): void => {
    const input = changes[field]
    if (input === undefined) return
    collect(() => {
      const value = input === null ? null : parse(input)
      if (value === null) delete next[field]
      else next[field] = value
    })
  }
  set('topicName', (input) => parseTopicName(input, typeof projectId === 'string' ? projectId : undefined))
  set('pushServiceAccount', (input) => parsePushAccount(input))
}

function checkTogether(bundle: GoogleBundle): void {
  if (bundle.serviceAccountKey !== undefined && bundle.projectId !== undefined) assertKeyProject(bundle.serviceAccountKey, bundle.projectId)
}
