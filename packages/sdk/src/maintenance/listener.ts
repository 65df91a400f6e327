import { classifyAny } from '../connections/classify-any.ts'
import { providerCall } from '../connections/provider-call.ts'
import type { Context } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import { isLive } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import type { AnyProvider } from '../providers/provider.ts'

/** One connection that this process listens for. */
export interface Listener {
  readonly connection: Connection
  /** When its task is due, as long as nobody else has taken it over; epoch milliseconds. */
  dueAt: number
  readonly signal: AbortSignal
  /** Until it ends, by itself or because it was told to. Never rejects. */
  readonly ended: Promise<void>
  end(): void
}

/** Begins to listen; `null` when this connection is not served that way. */
export function openListener(context: Context, provider: AnyProvider, connection: Connection, dueAt: number): Listener | null {
  const controller = new AbortController()
  const { signal } = controller
  const onChange = createRequest(context, provider, connection, signal)
  const listening = provider.listen?.(providerCall(context, provider, connection), { onChange, signal }) ?? null
  if (listening === null) return null
  const ended = listening.catch((error: unknown) => {
    if (signal.aborted) return
    const { code } = classifyAny(context, error)
    context.logger.log('info', 'listener.ended', { connectionId: connection.id, code })
  })
  return { connection, dueAt, signal, ended, end: () => controller.abort() }
}

/** Whether what is listened for is still what the connection says. */
export function isCurrent({ connection }: Listener, current: Connection | undefined): boolean {
  return (
    current !== undefined &&
    isLive(current.status) &&
    current.generation === connection.generation &&
    JSON.stringify(current.settings) === JSON.stringify(connection.settings)
  )
}

/** Asks for a sync as a push does; what is told while it asks makes it ask once more. */
function createRequest(context: Context, provider: AnyProvider, connection: Connection, signal: AbortSignal): () => void {
  const to = { connectionId: connection.id }
  let told = false
  let asking = false
  const ask = async (): Promise<void> => {
    const receivedAt = context.clock.now()
    const receipt = { tenantId: connection.tenantId, provider: provider.name, to, receivedAt, requestsSync: true }
    try {
      if ((await context.store.inbox.receive({ ...receipt, dedupeKey: `listen/${context.random.uuid()}` })) > 0) context.jobs.wake()
    } catch (error) {
      // The next look finds it.
      const reason = isTenantryError(error) ? error.code : 'unknown'
      context.logger.log('warn', 'listener.not_asked', { connectionId: connection.id, reason })
    }
  }
  const askAll = async (): Promise<void> => {
    asking = true
    while (told && !signal.aborted) {
      told = false
      await ask()
    }
    asking = false
  }
  return () => {
    told = true
    if (!asking) void askAll()
  }
}
