// The door
export { createHandler } from './create-handler.ts'
export type { Handler } from './create-handler.ts'
export type { HandlerLimits, HandlerOptions } from './handler-options.ts'
export type { HandlerSdk } from './handler-sdk.ts'
// Rate limits
export { createMemoryRateLimiter } from './create-memory-rate-limiter.ts'
export type { MemoryRateLimiterOptions } from './create-memory-rate-limiter.ts'
export type { RateLimiter } from './rate-limiter.ts'
// The contract as a document
export { describeApi } from './describe-api.ts'
export type { ApiDescription } from './describe-api.ts'
