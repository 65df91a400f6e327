// A whole sdk for tests
export { createTestTenantry, testPrincipal } from './create-test-tenantry.ts'
export type { GoogleProviders, TestTenantry, TestTenantryOptions } from './create-test-tenantry.ts'
export type { DeliveredTestMail, TestCallFault, TestFault, TestGoogleWorld, TestMail, TestPushFault, TestSandbox } from './test-sandbox.ts'
export { newCalendarEvent } from './new-calendar-event.ts'
// Scenarios: states are reached, not posed
export { changesFor, createGoogleApp, setUpGoogle } from './scenarios/set-up-google.ts'
export type { GoogleSetup, SetUpOptions } from './scenarios/set-up-google.ts'
export { changesForMicrosoft, createMicrosoftApp, setUpMicrosoft } from './scenarios/set-up-microsoft.ts'
export type { MicrosoftSetup, MicrosoftSetUpOptions } from './scenarios/set-up-microsoft.ts'
export type { TestMicrosoftWorld } from './test-microsoft-world.ts'
export { complete, consent, signIn } from './scenarios/sign-in.ts'
export type { SignInOptions } from './scenarios/sign-in.ts'
export { connectCalendar, connectGmail } from './scenarios/connect-google.ts'
export type { ConnectedOptions } from './scenarios/connect-google.ts'
export { breakTokenEndpoint, callGrantsDead, deleteClientSecret } from './scenarios/incidents.ts'
export type { DeletedSecret, Incident } from './scenarios/incidents.ts'
// Memory adapters
export {
  createManualClock,
  createManualJobs,
  createMemoryKeys,
  createMemoryMail,
  createMemorySecrets,
  createMemoryStore,
  createSeededRandom,
  createSilentLogger,
  manualClockStart,
} from './memory/index.ts'
export type {
  LogLine,
  ManualClock,
  ManualJobs,
  MailServerWorld,
  MemoryKeys,
  MemoryMail,
  MemoryStore,
  MemoryTransaction,
  SilentLogger,
} from './memory/index.ts'
