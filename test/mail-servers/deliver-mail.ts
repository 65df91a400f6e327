import { connect } from 'node:net'

/** Delivers a message by LMTP (RFC 2033), byte for byte. @throws Error when a step is refused */
export async function deliverMail(port: number, address: string, raw: Uint8Array): Promise<void> {
  const stuffed = Buffer.from(Buffer.from(raw).toString('latin1').replace(/^\./gm, '..'), 'latin1')
  const end = stuffed.subarray(-2).equals(Buffer.from('\r\n')) ? '.\r\n' : '\r\n.\r\n'
  const steps: readonly (string | Buffer)[] = [
    'LHLO localhost\r\n',
    'MAIL FROM:<>\r\n',
    `RCPT TO:<${address}>\r\n`,
    'DATA\r\n',
    Buffer.concat([stuffed, Buffer.from(end)]),
    'QUIT\r\n',
  ]
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  let step = 0
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', () => (step > steps.length ? resolve() : reject(new Error(`LMTP ended at step ${step}.`))))
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
      // The last line of an answer has a blank after its code.
      if (!/^\d{3} [^\n]*\n$/m.test(answer)) return
      if (!/^[23]/.test(answer)) {
        socket.destroy(new Error(`LMTP refused step ${step}: ${answer.trim()}`))
        return
      }
      answer = ''
      const next = steps[step]
      step += 1
      if (next === undefined) socket.end()
      else socket.write(next)
    })
  })
}
