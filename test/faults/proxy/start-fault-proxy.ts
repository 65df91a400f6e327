import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { createDeferred } from '../deferred.ts'

export type NetworkFault =
  /** Each piece, in both directions, comes so much later. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** Open connections are reset, and so is each new one. */
  | { readonly kind: 'reset' }
  /** Connections are accepted and kept, and nobody answers. */
  | { readonly kind: 'half-open' }
  /** Each connection ends after so many bytes of answers. */
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  /** What is asked is carried out; the answer is lost in a reset, so many times or until healed. */
  | { readonly kind: 'drop-response'; readonly times?: number }
  /** Answers come byte by byte. */
  | { readonly kind: 'drip'; readonly everyMs: number }
  /** Everything is kept back and goes on once healed. */
  | { readonly kind: 'pause' }

export interface FaultProxy {
  readonly port: number
  /** Replaces the fault in force, on open connections too. */
  set(fault: NetworkFault): void
  /** What was swallowed cannot come again, so connections that lost bytes are reset. */
  heal(): void
  /** Resets the connections that are open now; new ones work. */
  killAll(): void
  /** How many connections are open. */
  open(): number
  stop(): Promise<void>
}

interface Line {
  readonly client: Socket
  readonly server: Socket
  /** Bytes of answers since the fault was set. */
  answered: number
  swallowed: boolean
}

type Direction = 'request' | 'response'

/** A TCP proxy on a free local port whose network goes wrong on demand. */
export async function startFaultProxy({ to }: { readonly to: { readonly host: string; readonly port: number } }): Promise<FaultProxy> {
  const lines = new Set<Line>()
  let fault: NetworkFault | null = null
  let left = Infinity
  let changed = createDeferred()

  const change = (next: NetworkFault | null): void => {
    fault = next
    left = next?.kind === 'drop-response' ? (next.times ?? Infinity) : Infinity
    for (const line of lines) {
      if (next?.kind === 'reset' || (line.swallowed && next?.kind !== 'half-open')) reset(line)
      line.answered = 0
    }
    changed.resolve()
    changed = createDeferred()
  }

  const passAnswer = async (line: Line, piece: Buffer): Promise<void> => {
    if (line.client.destroyed) return
    if (fault?.kind === 'drop-response') {
      if (--left <= 0) change(null)
      reset(line)
    } else if (fault?.kind === 'truncate') {
      const rest = Math.max(fault.afterBytes - line.answered, 0)
      line.answered += piece.length
      await write(line.client, piece.subarray(0, rest))
      if (piece.length >= rest) end(line)
    } else if (fault?.kind === 'drip') {
      await write(line.client, piece.subarray(0, 1))
      await wait(fault.everyMs)
      // What is in force by then decides about the rest.
      if (piece.length > 1) await passAnswer(line, piece.subarray(1))
    } else await write(line.client, piece)
  }

  const pass = async (line: Line, direction: Direction, piece: Buffer): Promise<void> => {
    if (fault?.kind === 'latency') await wait(fault.ms)
    if (fault?.kind === 'pause') {
      await changed.promise
      return pass(line, direction, piece)
    }
    if (fault?.kind === 'half-open') line.swallowed = true
    else if (direction === 'request') await write(line.server, piece)
    else await passAnswer(line, piece)
  }

  const carry = async (line: Line, direction: Direction): Promise<void> => {
    const [from, into] = direction === 'request' ? [line.client, line.server] : [line.server, line.client]
    try {
      for await (const piece of from.iterator({ destroyOnReturn: false })) await pass(line, direction, piece as Buffer)
      if (fault?.kind !== 'half-open') into.end()
    } catch {
      // One side broke, so the other does.
      reset(line)
    }
  }

  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const server = connect({ ...to, allowHalfOpen: true, noDelay: true })
    const line: Line = { client, server, answered: 0, swallowed: false }
    lines.add(line)
    client.once('close', () => lines.delete(line))
    // Both are told in `carry`; unheard they would end this process.
    for (const socket of [client, server]) socket.on('error', () => reset(line))
    if (fault?.kind === 'reset') reset(line)
    void carry(line, 'request')
    void carry(line, 'response')
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')

  const killAll = (): void => lines.forEach(reset)
  return {
    port: (listener.address() as AddressInfo).port,
    set: change,
    heal: () => change(null),
    killAll,
    open: () => lines.size,
    async stop() {
      change(null)
      killAll()
      listener.close()
      await once(listener, 'close')
    },
  }
}

function reset({ client, server }: Line): void {
  client.resetAndDestroy()
  server.destroy()
}

function end({ client, server }: Line): void {
  client.destroySoon()
  server.destroy()
}

async function write(socket: Socket, piece: Buffer): Promise<void> {
  if (piece.length === 0 || socket.destroyed || socket.write(piece)) return
  await new Promise<void>((resolve) => {
    const go = (): void => {
      socket.off('drain', go).off('close', go)
      resolve()
    }
    socket.on('drain', go).on('close', go)
  })
}
