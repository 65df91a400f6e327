import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { isTenantryError } from '@tenantry/sdk/errors'
import { createMailHost } from './create-mail-host.ts'
import type { MailHostInput } from './create-mail-host.ts'
import { messageOf } from './mail-orders.ts'
import type { MailAnswer, MailOrder, MailWord } from './mail-orders.ts'

/** At once and whole, also when the next thing is the end. */
function say(word: MailWord): void {
  writeSync(1, `${JSON.stringify(word)}\n`)
}

/** The real thing happens to the real process: nothing is caught, flushed or closed. */
const strike = (): void => void process.kill(process.pid, 'SIGKILL')

async function obey(order: MailOrder): Promise<MailAnswer> {
  if (order.work === 'start') {
    await host.live({ aheadMs: order.aheadMs }).start()
    return { started: true }
  }
  const { aheadMs, death, connectionId, key } = order
  const sdk = host.live({ aheadMs, death, onDeath: strike })
  return { sent: await sdk.sharedMailbox.send({ connectionId, message: messageOf(key), idempotencyKey: key }) }
}

const codeOf = (error: unknown): string => (isTenantryError(error) ? error.code : `crashed: ${String(error)}`)

const host = createMailHost(JSON.parse(process.env['FAULTS_MAIL_WORKER'] ?? '') as MailHostInput)
const orders = createInterface({ input: process.stdin })
orders.on('line', async (line) => {
  const order = JSON.parse(line) as MailOrder
  const answer = await obey(order).catch((error: unknown): MailAnswer => ({ code: codeOf(error) }))
  say({ said: 'answer', id: order.id, answer })
})
// Whoever gives the orders is gone.
orders.on('close', () => process.exit(0))
say({ said: 'ready' })
