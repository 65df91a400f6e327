// Make the sdk
export { createTenantry } from './create-tenantry.ts'
export type { Tenantry, TenantryCore } from './create-tenantry.ts'
export type { Providers, TenantryOptions } from './tenantry-options.ts'
// Providers: list them in createTenantry({ providers })
export { gmail } from './providers/gmail/gmail.ts'
export type { GmailClient, GmailOptions, GmailProvider } from './providers/gmail/gmail.ts'
export type { GmailPushOptions } from './providers/gmail/push/options.ts'
export type { GmailSettings } from './providers/gmail/settings.ts'
export { googleCalendar } from './providers/google-calendar/google-calendar.ts'
export type { CalendarClient, GoogleCalendarProvider } from './providers/google-calendar/google-calendar.ts'
export type {
  AttendeeInput,
  CalendarVerbs,
  CreateEventOptions,
  DeletedEvent,
  DeleteEventOptions,
  EventChanges,
  EventInput,
  EventList,
  EventTimeInput,
  FreeBusyOptions,
  GetEventOptions,
  ListEventsOptions,
  UpdateEventOptions,
} from './providers/google-calendar/events/calendar-verbs.ts'
export type { CalendarDirection, CalendarSettings } from './providers/google-calendar/settings.ts'
export { microsoftSharedMailbox } from './providers/microsoft-shared-mailbox/microsoft-shared-mailbox.ts'
export type {
  SharedMailboxClient,
  SharedMailboxOptions,
  SharedMailboxProvider,
} from './providers/microsoft-shared-mailbox/microsoft-shared-mailbox.ts'
export type {
  MailboxVerbs,
  SendOptions,
  SendTestOptions,
  SentFromMailbox,
  SentTest,
} from './providers/microsoft-shared-mailbox/send/mailbox-verbs.ts'
export type { HostApp } from './providers/microsoft-shared-mailbox/host-app.ts'
export type { MailPair } from './providers/microsoft-shared-mailbox/offers.ts'
export type { SharedMailboxSettings } from './providers/microsoft-shared-mailbox/settings.ts'
// Write your own provider
export type { Choice } from './providers/choice.ts'
export type {
  AnyProvider,
  Change,
  Fetched,
  FetchedNotifications,
  ItemState,
  NewItem,
  Notification,
  OpenedSubscription,
  Pace,
  Provider,
  ProviderCall,
  ProviderPorts,
  PulledMessage,
  PulledPage,
  PushRequest,
  VerbDoor,
} from './providers/provider.ts'
export type { Probed } from './providers/probed.ts'
export type { CheckDefinition, CheckOutcome } from './providers/check.ts'
export type { Classified, OAuthApp, OAuthEndpoints, Vendor } from './vendors/vendor.ts'
// The tenant's own app: sdk.microsoft.*
export type { MicrosoftVerbs } from './microsoft/verbs.ts'
// Mail that goes out: sdk.sharedMailbox.send
export type { OutgoingAttachment, OutgoingMessage, SentMessage } from './model/outgoing-message.ts'
// Verbs: sdk.<provider>.*, sdk.connections.*
export type { ConnectionVerbs, ProviderVerbs, SharedVerbs } from './connections/verbs.ts'
export type { BegunFlow, FlowTarget } from './connections/begin-flow.ts'
export type { CallbackInput, CompletedFlow } from './connections/complete-connect.ts'
export type { ReceivedPush, ReceiveInput } from './connections/receive.ts'
// Upkeep: sdk.maintenance.*
export type { ExpiringPipe, ExpiringSoon, ExpiringSoonOptions } from './maintenance/expiring-soon.ts'
export type { BrokenShare, MaintenanceReport, OverdueTasks } from './maintenance/report.ts'
export type { SweepOptions, SweepResult } from './maintenance/sweep.ts'
// Keys: sdk.secrets.*
export type { RotatedKeys, RotateKeysOptions, UnreadableKey, WrappingKey } from './secrets/rotate-keys.ts'
// What was done, and by whom: sdk.audit.*
export type { AuditAction } from './audit/append-audit.ts'
export type { ListAuditOptions } from './audit/list-audit.ts'
export type { AuditFault, AuditHead, AuditVerdict, VerifyAuditOptions } from './audit/verify-audit.ts'
// Events: createTenantry({ on })
export type { EventHandlers, HandlerContext } from './context.ts'
export type {
  AuthenticationResult,
  CalendarAttendee,
  CalendarChanged,
  CalendarEvent,
  CalendarMoment,
  ConnectionChanged,
  EventOf,
  EventOrigin,
  GapRecovered,
  ItemSkipped,
  MailAddress,
  MailAttachment,
  MailAuthentication,
  MessageReceived,
  SignInEnding,
  TenantryEvent,
  TenantryEventType,
} from './model/index.ts'
// Words that every part uses
export { isTenantryError, TenantryError } from './errors/index.ts'
export type { AnyTenantryError, ErrorCode, FailureClass } from './errors/index.ts'
export { revealSecret, Secret } from './model/index.ts'
export type { Connection, ConnectionStatus, DeliveryMode, Principal } from './model/index.ts'
