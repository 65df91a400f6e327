// Time, chance, network
export type { Clock } from './clock.ts'
export type { Random } from './random.ts'
export type { Fetch } from './fetch.ts'
// Observation
export type { Logger, LogLevel } from './logger.ts'
export type { Telemetry, TelemetryAttributes } from './telemetry.ts'
// Safety
export type { Action, Authorize, AuthorizeRequest, ConnectionFacts } from './authorize.ts'
export type { Crypto, RsaJwk } from './crypto.ts'
export type { KeyProvider, WrappedKey } from './key-provider.ts'
export type { SecretName, SecretRef, SecretsProvider, SecretVersion, StoredSecret } from './secrets-provider.ts'
// Work
export type { JobRunner } from './job-runner.ts'
// Mail
export type {
  ImapMessageRef,
  ImapPlace,
  ImapTransport,
  MailCall,
  MailComposer,
  MailTransports,
  RelayMessage,
  RelayTransport,
  SmtpTransport,
} from './mail-transport.ts'
// State
export { taskKinds } from './store/index.ts'
export type {
  AttemptRecord,
  AttemptRepository,
  AuditRecord,
  AuditRepository,
  BegunAttempt,
  BreakerRecord,
  BreakerRepository,
  BudgetRepository,
  BudgetTake,
  ClaimedTask,
  ConnectionFilter,
  ConnectionPatch,
  ConnectionRepository,
  ConnectionTally,
  ContentRecord,
  ContentRepository,
  DataKeyPlace,
  DataKeyRecord,
  DataKeyRepository,
  DataKeyTally,
  DataKeyWrapping,
  FlowOutcome,
  FlowRecord,
  FlowRepository,
  GoodbyePatch,
  GoodbyeRecord,
  GoodbyeRepository,
  GoodbyeStep,
  GrantEnd,
  InboxRecord,
  InboxRepository,
  ItemRecord,
  ItemRepository,
  Receipt,
  OutboxRecord,
  OutboxRepository,
  OutboxSettlement,
  PendingStatus,
  PushEndpointRecord,
  PushEndpointRepository,
  RefreshRepository,
  RefreshTally,
  Repositories,
  Store,
  StoreTransaction,
  SubscriptionRecord,
  SubscriptionRepository,
  SyncLease,
  SyncStateRecord,
  SyncStateRepository,
  TaskEnd,
  TaskKind,
  TaskRecord,
  TaskRepository,
  TenantRepository,
  TaskTally,
  TokenLease,
  TokenRecord,
  TokenRepository,
} from './store/index.ts'
// Vendors
export { calendarAccessRoles } from './calendar-gateway.ts'
export type {
  BusySpan,
  CalendarAccessRole,
  CalendarEntry,
  CalendarEventPage,
  CalendarGateway,
  GoogleCalendarEvent,
  ListEventsInput,
  SendUpdates,
} from './calendar-gateway.ts'
export type { UserCall } from './user-call.ts'
export { maxGmailMessageBytes } from './google-gateway.ts'
export type {
  GmailGateway,
  GmailHistoryPage,
  GmailMessage,
  GmailMessageRef,
  RelabelledGmailMessageRef,
  GoogleEndpoints,
  GoogleGateway,
  IamPolicy,
  PubSubGateway,
  PubSubSubscription,
  PubSubTopic,
  PulledPubSubMessage,
  ResourceLabels,
  WantedSubscription,
} from './google-gateway.ts'
export { maxGraphMessageBytes, maxGraphMimeBytes } from './microsoft-gateway.ts'
export type {
  GraphAttachment,
  GraphDeltaPage,
  GraphGateway,
  GraphMessageRef,
  GraphSubscription,
  MailboxPath,
  MailServer,
  MicrosoftCall,
  MicrosoftEndpoints,
  MicrosoftGateway,
} from './microsoft-gateway.ts'
