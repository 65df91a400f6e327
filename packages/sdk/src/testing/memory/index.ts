// State
export { createMemoryStore } from './store/memory-store.ts'
export type { MemoryStore, MemoryTransaction } from './store/memory-store.ts'
// Safety
export { createMemoryKeys } from './memory-keys.ts'
export type { MemoryKeys } from './memory-keys.ts'
export { createMemorySecrets } from './memory-secrets.ts'
// Work
export { createManualJobs } from './manual-jobs.ts'
export type { ManualJobs } from './manual-jobs.ts'
// Mail
export { createMemoryMail } from './mail.ts'
export type { MailServerWorld, MemoryMail } from './mail.ts'
// Time, chance
export { createManualClock, manualClockStart } from './manual-clock.ts'
export type { ManualClock } from './manual-clock.ts'
export { createSeededRandom } from './seeded-random.ts'
// Observation
export { createSilentLogger } from './silent-logger.ts'
export type { LogLine, SilentLogger } from './silent-logger.ts'
