import { isTenantryError, TenantryError } from '../errors/index.ts'
import type { FieldFailure } from '../errors/index.ts'
import { parseClientId, parseClientSecret } from '../model/client-id.ts'
import { googleFields } from '../model/google-setup.ts'
import type { GoogleBundle, GoogleField } from '../model/google-setup.ts'
import { parseProjectId } from '../model/project-id.ts'
import { isMasked } from '../model/clean-paste.ts'
import { assertKeyProject, parseServiceAccountKey } from '../model/service-account-key.ts'
import type { ServiceAccountKey } from '../model/service-account-key.ts'
import { parsePushAccount } from '../vendors/google/parse-push-account.ts'
import { parseTopicName } from '../vendors/google/parse-topic-name.ts'
import type { GoogleChanges } from '../wire/index.ts'

const parsers: { readonly [Field in GoogleField]: (input: string) => string | ServiceAccountKey } = {
  projectId: (input) => parseProjectId(input, 'projectId'),
  calendarProjectId: (input) => parseProjectId(input, 'calendarProjectId'),
  clientId: (input) => parseClientId(input, 'clientId'),
  calendarClientId: (input) => parseClientId(input, 'calendarClientId'),
  clientSecret: (input) => parseClientSecret(input, 'clientSecret'),
  calendarClientSecret: (input) => parseClientSecret(input, 'calendarClientSecret'),
  serviceAccountKey: (input) => {
    if (isMasked(input)) throw new TenantryError('masked_value', { field: 'serviceAccountKey' })
    return parseServiceAccountKey(input)
  },
}

/**
 * The bundle after a save, or an error that names every wrong field at once; nothing is half applied.
 * @throws the fields' codes; `invalid_input` when several are wrong
 */
export function applyChanges(
  bundle: GoogleBundle,
  changes: GoogleChanges,
  stamp: { readonly updatedAt: number; readonly updatedBy: string },
): GoogleBundle {
  const next: Record<string, unknown> = { ...bundle }
  const stamps = { ...bundle.stamps }
  const failures: FieldFailure[] = []
  for (const field of googleFields) {
    const change = changes[field]
    if (change === undefined || change.action === 'keep') continue
    delete stamps[field]
    delete next[field]
    if (change.action === 'remove') continue
    collect(failures, () => {
      next[field] = parsers[field](change.value)
      stamps[field] = stamp
    })
  }
  if (changes.calendarMode !== undefined) next['calendarMode'] = changes.calendarMode
  if (changes.notifications !== undefined) next['notifications'] = changes.notifications
  if (changes.userType !== undefined) next['userType'] = changes.userType
  applyNames(next, changes, failures)
  const applied = { ...next, stamps } as GoogleBundle
  collect(failures, () => checkTogether(applied))
  if (failures.length === 1 && failures[0] !== undefined)
    throw new TenantryError(failures[0].code, { field: failures[0].field, ...(failures[0].values && { values: failures[0].values }) })
  if (failures.length > 1) throw new TenantryError('invalid_input', { fields: failures })
  return applied
}

/** The names for notifications by hand; `null` goes back to ours. A topic's path is held against the project as it will be. */
function applyNames(next: Record<string, unknown>, changes: GoogleChanges, failures: FieldFailure[]): void {
  const { projectId } = next
  const set = (field: 'topicName' | 'pushServiceAccount', parse: (input: string) => string | null): void => {
    const input = changes[field]
    if (input === undefined) return
    collect(failures, () => {
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

function collect(failures: FieldFailure[], work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!isTenantryError(error)) throw error
    failures.push(...error.fields)
  }
}
