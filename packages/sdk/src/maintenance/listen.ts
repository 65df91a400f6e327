import { inPieces } from '../connections/in-pieces.ts'
import { isListenedFor } from '../connections/is-listened-for.ts'
import { within } from '../connections/within.ts'
import type { Context } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import { isLive } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import { spread } from '../model/spread.ts'
import type { AnyProvider } from '../providers/provider.ts'
import { isCurrent, openListener } from './listener.ts'
import type { Listener } from './listener.ts'
import type { TaskResult } from './task-result.ts'

/** The task of a connection that is listened for is put off again and again, and is due this long after its process has died. */
const leaseMs = 45_000
const tendEveryMs = 15_000
const firstWaitMs = 5_000
const longestWaitMs = 5 * 60_000
/** What listened this long had no failure. */
const soundMs = 60_000
const endMs = 5_000

interface Listeners {
  readonly running: Map<string, Listener>
  /** How often it ended soon, and when last, by connection. */
  readonly failures: Map<string, { readonly count: number; readonly at: number }>
  timer: ReturnType<typeof setInterval> | null
  /** A slow store must not make two rounds meet. */
  tending: boolean
}

const started = new WeakMap<Context, Listeners>()

/** From here on this process takes part in listening. */
export function startListening(context: Context): void {
  if (!started.has(context)) started.set(context, { running: new Map(), failures: new Map(), timer: null, tending: false })
}

/** Ends what this process listens for and leaves it to the others, at once when the store can be told. */
export async function stopListening(context: Context): Promise<void> {
  const listeners = started.get(context)
  if (listeners === undefined) return
  started.delete(context)
  const running = [...listeners.running.values()]
  for (const listener of running) end(listeners, listener)
  await within(endMs, Promise.all(running.map(({ ended }) => ended)), () => undefined)
  await inPieces(running, ({ connection }) => guarded(context, connection, () => schedule(context, connection, context.clock.now())))
}

/**
 * Does the due task of a connection that may be listened for: one process at a time takes it, as far as it has room, and nobody else finds it due for as
 * long as that process lives. It only makes things faster: the connection is looked at all the same.
 */
export function listen(context: Context, provider: AnyProvider, connection: Connection): TaskResult {
  const name = nameOf(connection)
  const dueAt = context.clock.now() + leaseMs
  const listeners = started.get(context)
  const known = listeners?.running.get(name)
  if (known !== undefined && isCurrent(known, connection)) {
    known.dueAt = dueAt
    return again(dueAt)
  }
  // Settings may have changed since; and a process that only sweeps would look again and again for nothing.
  if (listeners === undefined) return again(isListenedFor(provider, connection) ? dueAt : null)
  if (known !== undefined) end(listeners, known)
  // By chance, so that not always the same process comes first.
  if (listeners.running.size >= context.listeners) return again(context.clock.now() + spread(leaseMs, context.random.uuid()))
  const listener = openListener(context, provider, connection, dueAt)
  if (listener === null) return again(null)
  listeners.running.set(name, listener)
  listeners.timer ??= setInterval(() => void tend(context, listeners), tendEveryMs)
  void waitForEnd(context, listeners, listener)
  return again(dueAt)
}

/** One that ends by itself is begun again, by whoever comes first: at once, and ever later when that does not last. */
async function waitForEnd(context: Context, listeners: Listeners, listener: Listener): Promise<void> {
  const { connection, ended, signal } = listener
  const begunAt = context.clock.now()
  await ended
  if (signal.aborted) return
  const name = nameOf(connection)
  end(listeners, listener)
  const now = context.clock.now()
  const count = now - begunAt >= soundMs ? 0 : (listeners.failures.get(name)?.count ?? 0) + 1
  listeners.failures.set(name, { count, at: now })
  const waitMs = count === 0 ? 0 : spread(Math.min(firstWaitMs * 2 ** (count - 1), longestWaitMs), name)
  await guarded(context, connection, () => schedule(context, connection, now + waitMs))
  if (waitMs === 0) context.jobs.wake()
}

/** Puts the tasks off of what is still listened for, and ends what has ended, was changed, or was taken over. */
async function tend(context: Context, listeners: Listeners): Promise<void> {
  if (listeners.tending) return
  listeners.tending = true
  const now = context.clock.now()
  for (const [name, { at }] of listeners.failures) if (at < now - 2 * longestWaitMs) listeners.failures.delete(name)
  const running = [...listeners.running.values()]
  // A process that slept does not know who listens by now.
  for (const listener of running) if (listener.dueAt <= now) end(listeners, listener)
  const held = running.filter(({ signal }) => !signal.aborted)
  const keys = held.map(({ connection: { tenantId, id } }) => ({ tenantId, id }))
  await guarded(context, null, async () => {
    const connections = new Map((await context.store.connections.getMany(keys)).map((current) => [nameOf(current), current]))
    await inPieces(held, (listener) =>
      guarded(context, listener.connection, () => tendOne(context, listeners, listener, connections.get(nameOf(listener.connection)))),
    )
  })
  listeners.tending = false
}

async function tendOne(context: Context, listeners: Listeners, listener: Listener, current: Connection | undefined): Promise<void> {
  const { connection, signal } = listener
  if (!isCurrent(listener, current)) {
    end(listeners, listener)
    if (current !== undefined && isLive(current.status)) await schedule(context, connection, context.clock.now())
    return
  }
  const task = await context.store.tasks.get(connection.tenantId, connection.id, 'listen')
  if (signal.aborted) return
  // Another time than ours was written by another process.
  if (task?.dueAt !== listener.dueAt) return end(listeners, listener)
  const dueAt = context.clock.now() + leaseMs
  await schedule(context, connection, dueAt)
  listener.dueAt = dueAt
}

function end(listeners: Listeners, listener: Listener): void {
  listener.end()
  const name = nameOf(listener.connection)
  if (listeners.running.get(name) === listener) listeners.running.delete(name)
  if (listeners.running.size > 0 || listeners.timer === null) return
  clearInterval(listeners.timer)
  listeners.timer = null
}

function schedule(context: Context, { tenantId, id }: Connection, dueAt: number): Promise<void> {
  return context.store.tasks.schedule({ tenantId, connectionId: id, kind: 'listen', dueAt, reset: true })
}

/** A store that is down stops nobody from listening before the lease ends. */
async function guarded(context: Context, connection: Connection | null, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const reason = isTenantryError(error) ? error.code : 'unknown'
    context.logger.log('warn', 'listener.not_tended', { connectionId: connection?.id ?? null, reason })
  }
}

const nameOf = ({ tenantId, id }: Pick<Connection, 'tenantId' | 'id'>): string => `${tenantId}/${id}`

const again = (nextDueAt: number | null): TaskResult => ({ nextDueAt, failed: false })
