import { oauthMessagesDe } from '../data/oauth/oauth.messages.de.ts'
import { checkFactsMessagesDe } from '../elements/check-list/check-facts.messages.de.ts'
import { checkListMessagesDe } from '../elements/check-list/check-list.messages.de.ts'
import { connectProgressMessagesDe } from '../elements/connect-progress/connect-progress.messages.de.ts'
import { connectionCardMessagesDe } from '../elements/connection-card/connection-card.messages.de.ts'
import { connectionEndingMessagesDe } from '../elements/connection-card/connection-ending.messages.de.ts'
import { connectionNoticeMessagesDe } from '../elements/connection-card/connection-notice.messages.de.ts'
import { technicalDetailsMessagesDe } from '../elements/connection-card/technical-details.messages.de.ts'
import { connectionDetailsMessagesDe } from '../elements/connection-form/connection-details.messages.de.ts'
import { connectionFormMessagesDe } from '../elements/connection-form/connection-form.messages.de.ts'
import { disconnectDialogMessagesDe } from '../elements/disconnect-dialog/disconnect-dialog.messages.de.ts'
import { failureMessagesDe } from '../elements/failure/failure.messages.de.ts'
import { permissionMessagesDe } from '../elements/failure/permission.messages.de.ts'
import { microsoftRequestIdMessagesDe } from '../elements/failure/microsoft-request-id.messages.de.ts'
import { microsoftWordsDe } from '../elements/failure/microsoft-words.messages.de.ts'
import { goodbyeMessagesDe } from '../elements/goodbye/goodbye.messages.de.ts'
import { googleAppRowMessagesDe } from '../elements/google-app-row/google-app-row.messages.de.ts'
import { missingSetupMessagesDe } from '../elements/missing-setup/missing-setup-callout.messages.de.ts'
import { setupPanelMessagesDe } from '../elements/setup-panel/setup-panel.messages.de.ts'
import { setupResetMessagesDe } from '../elements/setup-panel/setup-reset.messages.de.ts'
import { taskListMessagesDe } from '../elements/task-list/task-list.messages.de.ts'
import { whatDidGoogleShowMessagesDe } from '../elements/what-did-google-show/what-did-google-show.messages.de.ts'
import { connectionListMessagesDe } from '../features/connection-list/connection-list.messages.de.ts'
import { connectionStatusBadgeMessagesDe } from '../features/connection-status-badge/connection-status-badge.messages.de.ts'
import { diagnosticsReportMessagesDe } from '../features/diagnostics-report/diagnostics-report.messages.de.ts'
import { gmailLabelsMessagesDe } from '../features/gmail-provider-form/gmail-labels.messages.de.ts'
import { gmailProviderFormMessagesDe } from '../features/gmail-provider-form/gmail-provider-form.messages.de.ts'
import { calendarSettingsMessagesDe } from '../features/google-calendar-provider-form/calendar-settings.messages.de.ts'
import { googleCalendarProviderFormMessagesDe } from '../features/google-calendar-provider-form/google-calendar-provider-form.messages.de.ts'
import { googleSetupPanelMessagesDe } from '../features/google-setup-panel/google-setup-panel.messages.de.ts'
import { microsoftSetupPanelMessagesDe } from '../features/microsoft-setup-panel/microsoft-setup-panel.messages.de.ts'
import { mailboxChoicesMessagesDe } from '../features/microsoft-shared-mailbox-form/mailbox-choices.messages.de.ts'
import { microsoftSharedMailboxFormMessagesDe } from '../features/microsoft-shared-mailbox-form/microsoft-shared-mailbox-form.messages.de.ts'
import { notificationSetupMessagesDe } from '../features/google-setup-panel/notification-setup.messages.de.ts'
import { checkboxListMessagesDe } from '../parts/checkbox-list/checkbox-list.messages.de.ts'
import { copyMessagesDe } from '../parts/copy-button/copy.messages.de.ts'
import { dialogMessagesDe } from '../parts/dialog/dialog.messages.de.ts'
import { errorBlockMessagesDe } from '../parts/error-block/error-block.messages.de.ts'
import { fieldMessagesDe } from '../parts/field/field.messages.de.ts'
import { fileDropMessagesDe } from '../parts/file-drop/file-drop.messages.de.ts'
import { lazyPartMessagesDe } from '../parts/lazy-part/lazy-part.messages.de.ts'
import { linkMessagesDe } from '../parts/link/link.messages.de.ts'
import { secretInputMessagesDe } from '../parts/secret-input/secret-input.messages.de.ts'
import { skeletonMessagesDe } from '../parts/skeleton/skeleton.messages.de.ts'
import { stepListMessagesDe } from '../parts/step-list/step-list.messages.de.ts'
import type { Messages } from './en.ts'

/** German, formal and warm. */
export const de: Messages = {
  calendarSettings: calendarSettingsMessagesDe,
  checkFacts: checkFactsMessagesDe,
  checkList: checkListMessagesDe,
  connectionCard: connectionCardMessagesDe,
  connectionEnding: connectionEndingMessagesDe,
  connectionList: connectionListMessagesDe,
  connectionNotice: connectionNoticeMessagesDe,
  checkboxList: checkboxListMessagesDe,
  connectProgress: connectProgressMessagesDe,
  connectionDetails: connectionDetailsMessagesDe,
  connectionForm: connectionFormMessagesDe,
  connectionStatusBadge: connectionStatusBadgeMessagesDe,
  copy: copyMessagesDe,
  diagnosticsReport: diagnosticsReportMessagesDe,
  dialog: dialogMessagesDe,
  disconnectDialog: disconnectDialogMessagesDe,
  errorBlock: errorBlockMessagesDe,
  failure: failureMessagesDe,
  field: fieldMessagesDe,
  fileDrop: fileDropMessagesDe,
  gmailLabels: gmailLabelsMessagesDe,
  gmailProviderForm: gmailProviderFormMessagesDe,
  goodbye: goodbyeMessagesDe,
  googleAppRow: googleAppRowMessagesDe,
  googleCalendarProviderForm: googleCalendarProviderFormMessagesDe,
  googleSetupPanel: googleSetupPanelMessagesDe,
  lazyPart: lazyPartMessagesDe,
  link: linkMessagesDe,
  mailboxChoices: mailboxChoicesMessagesDe,
  microsoftSetupPanel: microsoftSetupPanelMessagesDe,
  microsoftSharedMailboxForm: microsoftSharedMailboxFormMessagesDe,
  microsoftRequestId: microsoftRequestIdMessagesDe,
  microsoftWords: microsoftWordsDe,
  missingSetup: missingSetupMessagesDe,
  notificationSetup: notificationSetupMessagesDe,
  oauth: oauthMessagesDe,
  permission: permissionMessagesDe,
  secretInput: secretInputMessagesDe,
  setupPanel: setupPanelMessagesDe,
  setupReset: setupResetMessagesDe,
  skeleton: skeletonMessagesDe,
  stepList: stepListMessagesDe,
  taskList: taskListMessagesDe,
  technicalDetails: technicalDetailsMessagesDe,
  whatDidGoogleShow: whatDidGoogleShowMessagesDe,
}
