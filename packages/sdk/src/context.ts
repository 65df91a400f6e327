import { within } from './connections/within.ts'
import type { Envelope } from './crypto/envelope.ts'
import type { JwtVerifier } from './crypto/verify-jwt.ts'
import { TenantryError } from './errors/index.ts'
import type { EventOf, TenantryEvent, TenantryEventType } from './model/events.ts'
import type {
  Authorize,
  Clock,
  Crypto,
  Fetch,
  GoogleGateway,
  JobRunner,
  Logger,
  MicrosoftGateway,
  Random,
  SecretsProvider,
  Store,
  Telemetry,
} from './ports/index.ts'
import type { AnyProvider } from './providers/provider.ts'

/** What a handler gets beside the event: write in this transaction and the event is delivered exactly once. */
export interface HandlerContext {
  /** The store adapter's own handle (Postgres: a Kysely transaction). */
  readonly transaction: unknown
}

export type EventHandlers = {
  readonly [Type in TenantryEventType]?: (event: EventOf<Type>, context: HandlerContext) => Promise<void> | void
}

/** Everything the verbs work with; made once in `create-tenantry.ts`. */
export interface Context {
  readonly baseUrl: string
  readonly pushUrl: string
  readonly allowedOrigins: readonly string[]
  readonly environment: string
  /** What the host says instead of the providers; `null` when it says nothing. */
  readonly lookEveryMs: number | null
  /** For how many connections this process listens at most. */
  readonly listeners: number
  readonly store: Store
  readonly secrets: SecretsProvider
  readonly jobs: JobRunner
  readonly envelope: Envelope
  readonly crypto: Crypto
  readonly random: Random
  readonly clock: Clock
  readonly fetch: Fetch
  readonly logger: Logger
  readonly telemetry: Telemetry
  readonly authorize: Authorize
  readonly providers: ReadonlyMap<string, AnyProvider>
  /** The gateway of the Google providers, when there are any. */
  readonly google: GoogleGateway | null
  /** The gateway of the Microsoft providers, when there are any. */
  readonly microsoft: MicrosoftGateway | null
  /** With the keys that a vendor publishes at an address. */
  readonly verifyJwt: (jwks: string) => JwtVerifier
  readonly handlers: EventHandlers
  /** How long one of them may take. */
  readonly handlerTimeoutMs: number
}

/** @throws `not_found` for a provider that the host did not list */
export function providerNamed(context: Context, name: string): AnyProvider {
  const provider = context.providers.get(name)
  if (provider === undefined) throw new TenantryError('not_found', { field: 'provider' })
  return provider
}

/** Hands an event to the host's handler of its type. @throws Error when that does not end in time: what it still writes is not taken */
export async function handle(context: Context, event: TenantryEvent, transaction: unknown): Promise<void> {
  const handler = context.handlers[event.type] as ((event: TenantryEvent, context: HandlerContext) => Promise<void> | void) | undefined
  if (handler === undefined) return
  const { handlerTimeoutMs: afterMs, logger } = context
  const work = (async () => handler(event, { transaction }))()
  await within(afterMs, work, () => {
    const { id, type, connectionId } = event
    logger.log('error', 'event.handler_timed_out', { connectionId, eventId: id, type, afterMs })
    throw new Error(`the handler of ${type} did not end within ${afterMs} ms`)
  })
}
