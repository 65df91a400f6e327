// The sandbox as a server
export { startSandbox } from './node/start-sandbox.ts'
export type { RunningSandbox, StartOptions } from './node/start-sandbox.ts'

// Google's own Pub/Sub emulator
export { findPubSubEmulator } from './node/find-emulator.ts'
export { startPubSubEmulator } from './node/start-emulator.ts'
