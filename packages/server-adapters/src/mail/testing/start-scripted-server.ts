import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'

/** What a scripted server does with a line: answers, says nothing, or hangs up. */
export type Answer = string | 'silence' | 'hang up'

export interface Script {
  readonly security: 'tls' | 'starttls' | 'none'
  readonly certificate: string
  readonly key: string
  readonly greeting: Answer
  /** Lines without their CRLF; the end of a message's data comes as `.`. */
  readonly answer: (line: string) => Answer
  /** Bytes of data after which it hangs up, before their end. */
  readonly dataLimit?: number
}

export interface ScriptedServer {
  readonly host: string
  readonly port: number
  /** Everything that came, by connection; `(tls)` stands where a connection was secured. */
  readonly lines: string[]
  readonly connections: () => number
  stop(): Promise<void>
}

/** A mail server that says what a test wants it to say: for the answers that a real one does not give on demand. */
export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  const lines: string[] = []
  const sockets = new Set<Socket>()
  const secureContext = createSecureContext({ cert: script.certificate, key: script.key })

  const say = (socket: Socket, answer: Answer): void => {
    if (answer === 'silence') return
    if (answer === 'hang up') socket.destroy()
    else socket.write(`${answer}\r\n`)
  }
  const secure = (socket: Socket): Socket => {
    lines.push('(tls)')
    const secured = new TLSSocket(socket, { isServer: true, secureContext })
    secured.on('error', () => secured.destroy())
    return secured
  }
  const talk = (socket: Socket): void => {
    let pending = ''
    let data = false
    const listen = (chunk: Buffer): void => {
      pending += chunk.toString('latin1')
      if (data && script.dataLimit !== undefined && pending.length > script.dataLimit) socket.destroy()
      for (let end = pending.indexOf('\r\n'); end >= 0 && !socket.destroyed; end = pending.indexOf('\r\n')) {
        if (data) {
          const dot = pending.startsWith('.\r\n') ? 0 : pending.indexOf('\r\n.\r\n')
          if (dot < 0) return
          pending = pending.slice(dot + (dot === 0 ? 3 : 5))
          data = false
          lines.push('.')
          say(socket, script.answer('.'))
          continue
        }
        const line = pending.slice(0, end)
        pending = pending.slice(end + 2)
        lines.push(line)
        const answer = script.answer(line)
        say(socket, answer)
        data = answer.startsWith('354')
        if (/STARTTLS$/i.test(line) && !/^(5|\S+ (NO|BAD))/.test(answer)) {
          socket.off('data', listen)
          talk(secure(socket))
          return
        }
      }
    }
    socket.on('data', listen)
  }
  let count = 0
  const server = createServer((plain) => {
    count += 1
    sockets.add(plain)
    plain.on('error', () => plain.destroy())
    plain.on('close', () => sockets.delete(plain))
    const socket = script.security === 'tls' ? secure(plain) : plain
    talk(socket)
    say(socket, script.greeting)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    lines,
    connections: () => count,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
