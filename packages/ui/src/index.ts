// Around everything
export { loadMessages, RelativeTime, TenantryProvider, useRelativeTime, useTenantry } from './provider/index.ts'
export type {
  Messages,
  Notice,
  OAuthOptions,
  PartialMessages,
  Tenantry,
  TenantryProviderProps,
  ThemeToken,
  UiEvent,
} from './provider/index.ts'
// What a host mounts
export { GoogleSetupPanel } from './features/google-setup-panel/index.ts'
export type { GoogleSetupError, GoogleSetupPanelProps, GoogleSetupStepId } from './features/google-setup-panel/index.ts'
export { GmailProviderForm } from './features/gmail-provider-form/index.ts'
export type { GmailFormValues, GmailProviderFormProps } from './features/gmail-provider-form/index.ts'
export { GoogleCalendarProviderForm } from './features/google-calendar-provider-form/index.ts'
export type {
  CalendarDirection,
  CalendarFormValues,
  GoogleCalendarProviderFormProps,
} from './features/google-calendar-provider-form/index.ts'
export { MicrosoftSetupPanel } from './features/microsoft-setup-panel/index.ts'
export type { MicrosoftSetupError, MicrosoftSetupPanelProps, MicrosoftSetupStepId } from './features/microsoft-setup-panel/index.ts'
export { MicrosoftSharedMailboxForm } from './features/microsoft-shared-mailbox-form/index.ts'
export type { MicrosoftSharedMailboxFormProps, MsTransport, SharedMailboxValues } from './features/microsoft-shared-mailbox-form/index.ts'
export { ConnectionStatusBadge } from './features/connection-status-badge/index.ts'
export type { ConnectionStatusBadgeProps } from './features/connection-status-badge/index.ts'
export { DiagnosticsReport } from './features/diagnostics-report/index.ts'
export type { DiagnosticsReportProps } from './features/diagnostics-report/index.ts'
export { ConnectionCard } from './features/connection-card/index.ts'
export type { ConnectionActionId, ConnectionCardProps } from './features/connection-card/index.ts'
export { ConnectionList } from './features/connection-list/index.ts'
export type { ConnectionFilter, ConnectionListProps, ConnectionSort } from './features/connection-list/index.ts'
export type { VendorId } from './locales/vendor.tsx'
// Headless: build any of them anew
export {
  useChoices,
  useConnectAnother,
  useConnection,
  useConnectionActions,
  useConnectionCard,
  useConnections,
  useDiagnostics,
  useGoogleSetup,
  useMicrosoftSetup,
  useNotificationTest,
  useOAuthConnect,
  useProvisioning,
  useSupportBundle,
  useTestMessage,
} from './data/index.ts'
export type {
  CheckProgress,
  CommandOutcome,
  ConnectionActions,
  ConnectionCardData,
  ConnectionCardOptions,
  ConnectionCommand,
  ConnectionsFilter,
  Diagnostics,
  DiagnosticsScope,
  GoogleSetup,
  MicrosoftSetup,
  NotificationTest,
  NotificationTestOptions,
  OAuthConnect,
  OAuthConnectOptions,
} from './data/index.ts'
