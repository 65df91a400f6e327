import { oauthMessages } from '../data/oauth/oauth.messages.ts'
import { checkFactsMessages } from '../elements/check-list/check-facts.messages.ts'
import { checkListMessages } from '../elements/check-list/check-list.messages.ts'
import { connectProgressMessages } from '../elements/connect-progress/connect-progress.messages.ts'
import { connectionCardMessages } from '../elements/connection-card/connection-card.messages.ts'
import { connectionEndingMessages } from '../elements/connection-card/connection-ending.messages.ts'
import { connectionNoticeMessages } from '../elements/connection-card/connection-notice.messages.ts'
import { technicalDetailsMessages } from '../elements/connection-card/technical-details.messages.ts'
import { connectionDetailsMessages } from '../elements/connection-form/connection-details.messages.ts'
import { connectionFormMessages } from '../elements/connection-form/connection-form.messages.ts'
import { disconnectDialogMessages } from '../elements/disconnect-dialog/disconnect-dialog.messages.ts'
import { failureMessages } from '../elements/failure/failure.messages.ts'
import { permissionMessages } from '../elements/failure/permission.messages.ts'
import { microsoftRequestIdMessages } from '../elements/failure/microsoft-request-id.messages.ts'
import { microsoftWords } from '../elements/failure/microsoft-words.messages.ts'
import { goodbyeMessages } from '../elements/goodbye/goodbye.messages.ts'
import { googleAppRowMessages } from '../elements/google-app-row/google-app-row.messages.ts'
import { missingSetupMessages } from '../elements/missing-setup/missing-setup-callout.messages.ts'
import { setupPanelMessages } from '../elements/setup-panel/setup-panel.messages.ts'
import { setupResetMessages } from '../elements/setup-panel/setup-reset.messages.ts'
import { taskListMessages } from '../elements/task-list/task-list.messages.ts'
import { whatDidGoogleShowMessages } from '../elements/what-did-google-show/what-did-google-show.messages.ts'
import { connectionListMessages } from '../features/connection-list/connection-list.messages.ts'
import { connectionStatusBadgeMessages } from '../features/connection-status-badge/connection-status-badge.messages.ts'
import { diagnosticsReportMessages } from '../features/diagnostics-report/diagnostics-report.messages.ts'
import { gmailLabelsMessages } from '../features/gmail-provider-form/gmail-labels.messages.ts'
import { gmailProviderFormMessages } from '../features/gmail-provider-form/gmail-provider-form.messages.ts'
import { calendarSettingsMessages } from '../features/google-calendar-provider-form/calendar-settings.messages.ts'
import { googleCalendarProviderFormMessages } from '../features/google-calendar-provider-form/google-calendar-provider-form.messages.ts'
import { googleSetupPanelMessages } from '../features/google-setup-panel/google-setup-panel.messages.ts'
import { microsoftSetupPanelMessages } from '../features/microsoft-setup-panel/microsoft-setup-panel.messages.ts'
import { mailboxChoicesMessages } from '../features/microsoft-shared-mailbox-form/mailbox-choices.messages.ts'
import { microsoftSharedMailboxFormMessages } from '../features/microsoft-shared-mailbox-form/microsoft-shared-mailbox-form.messages.ts'
import { notificationSetupMessages } from '../features/google-setup-panel/notification-setup.messages.ts'
import { checkboxListMessages } from '../parts/checkbox-list/checkbox-list.messages.ts'
import { copyMessages } from '../parts/copy-button/copy.messages.ts'
import { dialogMessages } from '../parts/dialog/dialog.messages.ts'
import { errorBlockMessages } from '../parts/error-block/error-block.messages.ts'
import { fieldMessages } from '../parts/field/field.messages.ts'
import { fileDropMessages } from '../parts/file-drop/file-drop.messages.ts'
import { lazyPartMessages } from '../parts/lazy-part/lazy-part.messages.ts'
import { linkMessages } from '../parts/link/link.messages.ts'
import { secretInputMessages } from '../parts/secret-input/secret-input.messages.ts'
import { skeletonMessages } from '../parts/skeleton/skeleton.messages.ts'
import { stepListMessages } from '../parts/step-list/step-list.messages.ts'
import type { TranslatedTexts } from './message.ts'

/** Every text of the product in English, by surface. Components carry their own; this is the list for translators. */
export const en = {
  calendarSettings: calendarSettingsMessages.messages,
  checkFacts: checkFactsMessages.messages,
  checkList: checkListMessages.messages,
  connectionCard: connectionCardMessages.messages,
  connectionEnding: connectionEndingMessages.messages,
  connectionList: connectionListMessages.messages,
  connectionNotice: connectionNoticeMessages.messages,
  checkboxList: checkboxListMessages.messages,
  connectProgress: connectProgressMessages.messages,
  connectionDetails: connectionDetailsMessages.messages,
  connectionForm: connectionFormMessages.messages,
  connectionStatusBadge: connectionStatusBadgeMessages.messages,
  copy: copyMessages.messages,
  diagnosticsReport: diagnosticsReportMessages.messages,
  dialog: dialogMessages.messages,
  disconnectDialog: disconnectDialogMessages.messages,
  errorBlock: errorBlockMessages.messages,
  failure: failureMessages.messages,
  field: fieldMessages.messages,
  fileDrop: fileDropMessages.messages,
  gmailLabels: gmailLabelsMessages.messages,
  gmailProviderForm: gmailProviderFormMessages.messages,
  goodbye: goodbyeMessages.messages,
  googleAppRow: googleAppRowMessages.messages,
  googleCalendarProviderForm: googleCalendarProviderFormMessages.messages,
  googleSetupPanel: googleSetupPanelMessages.messages,
  lazyPart: lazyPartMessages.messages,
  link: linkMessages.messages,
  mailboxChoices: mailboxChoicesMessages.messages,
  microsoftSetupPanel: microsoftSetupPanelMessages.messages,
  microsoftSharedMailboxForm: microsoftSharedMailboxFormMessages.messages,
  microsoftRequestId: microsoftRequestIdMessages.messages,
  microsoftWords: microsoftWords.messages,
  missingSetup: missingSetupMessages.messages,
  notificationSetup: notificationSetupMessages.messages,
  oauth: oauthMessages.messages,
  permission: permissionMessages.messages,
  secretInput: secretInputMessages.messages,
  setupPanel: setupPanelMessages.messages,
  setupReset: setupResetMessages.messages,
  skeleton: skeletonMessages.messages,
  stepList: stepListMessages.messages,
  taskList: taskListMessages.messages,
  technicalDetails: technicalDetailsMessages.messages,
  whatDidGoogleShow: whatDidGoogleShowMessages.messages,
}

/** A complete language pack: same surfaces, same keys, a plural where English has one. */
export type Messages = { readonly [Surface in keyof typeof en]: TranslatedTexts<(typeof en)[Surface]> }

/** A host's own wording for some texts. */
export type PartialMessages = { readonly [Surface in keyof Messages]?: Partial<Messages[Surface]> }
