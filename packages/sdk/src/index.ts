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
// Write your own provider
export type {
  AnyProvider,
  Change,
  Choice,
  Fetched,
  FetchedNotifications,
  ItemState,
  NewItem,
  Notification,
  OpenedSubscription,
  Probed,
  Provider,
  ProviderCall,
  ProviderPorts,
  PulledMessage,
  PulledPage,
  PushRequest,
  VerbDoor,
} from './providers/provider.ts'
export type { CheckDefinition, CheckOutcome } from './providers/check.ts'
export type { Classified, OAuthApp, OAuthEndpoints, Vendor } from './vendors/vendor.ts'
// Verbs: sdk.<provider>.*, sdk.connections.*
export type { ConnectionVerbs, ProviderVerbs, SharedVerbs } from './connections/verbs.ts'
export type { BegunFlow, FlowTarget } from './connections/begin-flow.ts'
export type { CallbackInput, CompletedFlow } from './connections/complete-connect.ts'
export type { ReceiveInput } from './connections/receive.ts'
// Upkeep: sdk.maintenance.*
export type { ExpiringPipe, ExpiringSoon, ExpiringSoonOptions } from './maintenance/expiring-soon.ts'
export type { BrokenShare, MaintenanceReport, OverdueTasks } from './maintenance/report.ts'
export type { SweepOptions, SweepResult } from './maintenance/sweep.ts'
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
