import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import { findFreePort } from './find-free-port.ts'

export interface RunningSenderMap {
  readonly port: number
  stop(): Promise<void>
}

/** Answers Postfix's question "who may send as this address?" over its socketmap protocol: netstrings with `OK`, `NOTFOUND` and what was found. */
export async function startSenderMap(maySendAs: (sender: string) => readonly string[]): Promise<RunningSenderMap> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let pending = ''
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (chunk) => {
      pending += chunk.toString('utf8')
      for (let match = /^(\d+):/.exec(pending); match !== null; match = /^(\d+):/.exec(pending)) {
        const begin = match[0].length
        const end = begin + Number(match[1])
        if (pending.length <= end) return
        const [, sender = ''] = pending.slice(begin, end).split(/ (.*)/)
        pending = pending.slice(end + 1)
        const owners = maySendAs(sender)
        const answer = owners.length === 0 ? 'NOTFOUND ' : `OK ${owners.join(',')}`
        socket.write(`${answer.length}:${answer},`)
      }
    })
  })
  const port = await findFreePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
