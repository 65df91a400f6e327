import type { Clock, Crypto, Fetch, GoogleEndpoints, GoogleGateway, Logger } from '@tenantry/sdk/ports'
import { createCalendar } from './calendar.ts'
import { createExchange } from '../rest/create-exchange.ts'
import { createRequest } from '../rest/create-request.ts'
import { checkEndpoints, googleEndpoints } from './endpoints.ts'
import { createGmail } from './gmail.ts'
import { createPubSub } from './pubsub.ts'
import { readRefusal } from './read-refusal.ts'
import { createServiceAccountTokens } from './service-account-tokens.ts'

export interface GoogleGatewayOptions {
  /** Default: Google. A test configuration may name the sandbox; never taken from a tenant. */
  readonly endpoints?: GoogleEndpoints
  /** Default: the platform's. */
  readonly fetch?: Fetch
  readonly crypto: Crypto
  readonly clock: Clock
  /** Time for one call, answer included, in milliseconds. Default 10 000. */
  readonly deadlineMs?: number
  /** Hears of refusals, at level debug, without any text from Google. */
  readonly logger?: Logger
}

/**
 * Google over REST and the platform's fetch: runs on servers, in workers and in browsers. Each call goes out once: no retry, no redirect,
 * no other host than the endpoints'.
 * @throws TypeError when an endpoint is neither https nor http on this machine
 */
export function createGoogleGateway(options: GoogleGatewayOptions): GoogleGateway {
  const { clock, crypto, deadlineMs = 10_000, fetch = (request) => globalThis.fetch(request), logger } = options
  const endpoints = checkEndpoints(options.endpoints ?? googleEndpoints)
  const request = createRequest(createExchange({ vendor: 'google', fetch, clock, deadlineMs, logger, readRefusal }))
  const tokens = createServiceAccountTokens({ request, url: endpoints.token, crypto, clock })
  return {
    endpoints,
    gmail: createGmail(request, endpoints.gmail),
    calendar: createCalendar(request, endpoints.calendar),
    pubsub: createPubSub(request, tokens, endpoints.pubsub),
  }
}
