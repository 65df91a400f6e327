// The sandbox
export { createSandbox } from './create-sandbox.ts'
export type { Sandbox, SandboxOptions } from './create-sandbox.ts'
export type { Rotation } from './state/oauth-state.ts'
export type { SandboxState } from './state/sandbox-state.ts'
export type { RecordedDelivery, RecordedRequest } from './state/world.ts'

// Time
export { createVirtualClock } from './clock/virtual-clock.ts'
export type { VirtualClock, VirtualClockOptions } from './clock/virtual-clock.ts'

// Trouble on demand
export type { CallFault } from './faults/call-fault.ts'
export type { Fault, PushFault } from './faults/fault-book.ts'
export { mostAtOnce } from './http/most-at-once.ts'

// What people do at Google
export type {
  AccessRole,
  Account,
  AccountOptions,
  ConsentAnswer,
  ConsentParameters,
  DeliveredMail,
  EventDraft,
  GoogleWorld,
  Grant,
  Mail,
  OAuthClient,
  OrgPolicy,
  Project,
  ProjectOptions,
  ServiceAccount,
  ServiceAccountOptions,
} from './google/google-world.ts'
export type { EventResource, EventTime } from './state/account-state.ts'
export type { ApiName, Publishing } from './state/project-state.ts'

// What people do at Microsoft
export { entraFault } from './microsoft/entra/entra-error.ts'
export { graphFault } from './microsoft/graph/graph-error.ts'
export type { CloudName, MailServer, MicrosoftCloudEndpoints } from './microsoft/clouds.ts'
export type {
  AccessRights,
  AdminConsentAnswer,
  AppOptions,
  AppRegistration,
  AppSecret,
  Directory,
  GraphSubscription,
  MailSignIn,
  MailSignInResult,
  MicrosoftConsentAnswer,
  MicrosoftGrant,
  MicrosoftMail,
  MicrosoftMessage,
  MicrosoftWorld,
  Recipient,
} from './microsoft/world/microsoft-world.ts'
export type { SignInPolicy, UserConsent } from './microsoft/state/entra-state.ts'
