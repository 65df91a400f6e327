import { parseProjectId } from '@tenantry/sdk/model'
import type { GoogleChanges, GoogleSetupStatus } from '@tenantry/sdk/wire'
import { toSecretChanges } from '../../elements/setup-panel/index.ts'
import type { SetupForm } from './setup-form.ts'

const secretFields = ['clientId', 'clientSecret', 'serviceAccountKey'] as const
const nameFields = ['topicName', 'pushServiceAccount'] as const
const calendarFields = ['calendarClientId', 'calendarClientSecret'] as const

/** Only what was changed: a field that was left alone is absent, so that nothing is ever saved over it. */
export function toChanges(form: SetupForm, status: GoogleSetupStatus): Omit<GoogleChanges, 'ifVersion'> {
  const fields = form.calendarMode === 'separate' ? [...secretFields, ...calendarFields] : secretFields
  const project = readProject(form.projectId)
  return {
    ...(project !== '' && project !== status.projectId && { projectId: { action: 'replace' as const, value: project } }),
    ...(form.userType !== status.userType && { userType: form.userType }),
    ...(form.calendarMode !== status.calendarMode && { calendarMode: form.calendarMode }),
    ...(form.notifications !== status.notifications && { notifications: form.notifications }),
    ...(form.notifications === 'manual' && toNames(form, status)),
    ...toSecretChanges(fields, form, status.fields),
  }
}

/** Whether the person has typed or chosen anything that is not saved. */
export function isChanged(form: SetupForm, status: GoogleSetupStatus): boolean {
  return form.projectId.trim() !== (status.projectId ?? '') || Object.keys(toChanges(form, status)).length > 0
}

// Emptied means: the names that we would choose.
function toNames(form: SetupForm, status: GoogleSetupStatus): Pick<GoogleChanges, (typeof nameFields)[number]> {
  const changed = nameFields.filter((field) => form[field].trim() !== (status.provisioning?.[field] ?? ''))
  return Object.fromEntries(changed.map((field) => [field, form[field].trim() || null]))
}

/** The project id out of what was typed; as typed while it is not one yet. */
export function readProject(text: string): string {
  try {
    return parseProjectId(text)
  } catch {
    // Not a project id yet: the schema says so at the field.
    return text.trim()
  }
}
