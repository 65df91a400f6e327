import type { MicrosoftCloud } from '@tenantry/sdk/model'
import type { Clock, Fetch, Logger, MicrosoftEndpoints, MicrosoftGateway } from '@tenantry/sdk/ports'
import { createCommand } from '../rest/create-command.ts'
import { createDownload } from '../rest/create-download.ts'
import { createExchange } from '../rest/create-exchange.ts'
import { createRequest } from '../rest/create-request.ts'
import { createAttach } from './attach.ts'
import { createDelta } from './delta.ts'
import { createDrafts } from './drafts.ts'
import { createFindDirectory } from './find-directory.ts'
import { checkEndpoints } from './endpoints.ts'
import { createMailbox } from './mailbox.ts'
import { readRefusal } from './read-refusal.ts'
import { createSubscriptions } from './subscriptions.ts'

export interface MicrosoftGatewayOptions {
  /** Default: Microsoft. A test configuration may name the sandbox for a cloud, which it then replaces as a whole; never taken from a tenant. */
  readonly endpoints?: Readonly<Partial<Record<MicrosoftCloud, MicrosoftEndpoints>>>
  /** Default: the platform's. */
  readonly fetch?: Fetch
  readonly clock: Clock
  /** Time for one call, answer included, in milliseconds. Default 10 000. */
  readonly deadlineMs?: number
  /** Hears of refusals, at level debug, without any text from Microsoft. */
  readonly logger?: Logger
}

/**
 * Graph over REST and the platform's fetch: runs on servers, in workers and in browsers. Each call goes out once: no retry, no redirect,
 * no other host than the endpoints' and, for large attachments, Outlook's in the same cloud.
 * @throws TypeError when an endpoint is neither https nor http on this machine
 */
export function createMicrosoftGateway(options: MicrosoftGatewayOptions): MicrosoftGateway {
  const { clock, deadlineMs = 10_000, fetch = (request) => globalThis.fetch(request), logger } = options
  const endpoints = checkEndpoints(options.endpoints ?? {})
  const exchange = createExchange({ vendor: 'microsoft', fetch, clock, deadlineMs, logger, readRefusal })
  const wire = { request: createRequest(exchange), download: createDownload(exchange), command: createCommand(exchange), endpoints }
  return {
    endpoints,
    ...createFindDirectory(wire),
    graph: { ...createMailbox(wire), ...createDelta(wire), ...createDrafts(wire), ...createAttach(wire), ...createSubscriptions(wire) },
  }
}
