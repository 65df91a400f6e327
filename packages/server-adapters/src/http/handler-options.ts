import type { Principal } from '@tenantry/sdk/model'
import type { Clock, Logger, Random } from '@tenantry/sdk/ports'
import type { HandlerSdk } from './handler-sdk.ts'
import { createMemoryRateLimiter } from './create-memory-rate-limiter.ts'
import type { RateLimiter } from './rate-limiter.ts'

export interface HandlerLimits {
  /** Largest request body in bytes. Default 262 144. */
  readonly bodyBytes?: number
  /** Default: 120 requests at once and 120 a minute, per person and operation, in this process. */
  readonly rate?: RateLimiter
}

export interface HandlerOptions {
  /** Who is calling, from the host's own session; `null` when nobody is signed in. Throwing refuses with `unavailable`. */
  readonly identify: (request: Request) => Principal | null | Promise<Principal | null>
  /** Where the API is mounted. Default `/api/tenantry`. */
  readonly basePath?: string
  readonly limits?: HandlerLimits
  /** Default: silent. */
  readonly logger?: Logger
  /** Makes request ids. Default WebCrypto. */
  readonly random?: Pick<Random, 'uuid'>
  /** Time of the default rate limiter. Default the monotonic clock of the platform. */
  readonly clock?: Clock
  /** The browser's address as a trusted proxy tells it; limits sign-ins per address. Default: unknown. */
  readonly clientAddress?: (request: Request) => string | null
}

/** The options with every default chosen. */
export interface Door {
  readonly sdk: HandlerSdk
  readonly identify: HandlerOptions['identify']
  readonly basePath: string
  readonly bodyBytes: number
  readonly rate: RateLimiter
  readonly logger: Logger
  readonly random: Pick<Random, 'uuid'>
  readonly clientAddress: (request: Request) => string | null
}

/** @throws TypeError when `basePath` is no path */
export function chooseDefaults(sdk: HandlerSdk, options: HandlerOptions): Door {
  const basePath = options.basePath ?? '/api/tenantry'
  if (!/^(\/[\w.~-]+)+$/.test(basePath))
    throw new TypeError('createHandler: basePath must be a path such as /api/tenantry, without a slash at its end.')
  const clock = options.clock ?? { now: () => performance.now() }
  return {
    sdk,
    identify: options.identify,
    basePath,
    bodyBytes: options.limits?.bodyBytes ?? 256 * 1024,
    rate: options.limits?.rate ?? createMemoryRateLimiter({ clock, burst: 120, perMinute: 120 }),
    logger: options.logger ?? { log: () => {} },
    random: options.random ?? { uuid: () => crypto.randomUUID() },
    clientAddress: options.clientAddress ?? (() => null),
  }
}
