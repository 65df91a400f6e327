import type { CalendarMode, GoogleUserType, NotificationMode } from '@tenantry/sdk/model'
import type { GoogleSetupStatus, SecretChange } from '@tenantry/sdk/wire'

/** What the panel edits. Everything that is write-only is a change, never a value that was saved. */
export interface SetupForm {
  projectId: string
  userType: GoogleUserType | null
  clientId: SecretChange
  clientSecret: SecretChange
  calendarMode: CalendarMode
  calendarClientId: SecretChange
  calendarClientSecret: SecretChange
  notifications: NotificationMode
  serviceAccountKey: SecretChange
  /** Names that somebody else gave; empty: ours. */
  topicName: string
  pushServiceAccount: string
}

export type SetupField = keyof SetupForm

/** In the order of the screen: the first invalid one takes the focus. */
export const setupFields: readonly SetupField[] = [
  'projectId',
  'userType',
  'clientId',
  'clientSecret',
  'calendarMode',
  'calendarClientId',
  'calendarClientSecret',
  'notifications',
  'serviceAccountKey',
  'topicName',
  'pushServiceAccount',
]

const keep: SecretChange = { action: 'keep' }

/** The form of what is saved: nothing write-only is in it. */
export function toForm(status: GoogleSetupStatus): SetupForm {
  return {
    projectId: status.projectId ?? '',
    userType: status.userType,
    clientId: keep,
    clientSecret: keep,
    calendarMode: status.calendarMode,
    calendarClientId: keep,
    calendarClientSecret: keep,
    notifications: status.notifications,
    serviceAccountKey: keep,
    topicName: status.provisioning?.topicName ?? '',
    pushServiceAccount: status.provisioning?.pushServiceAccount ?? '',
  }
}
