import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { isTenantryError } from '@tenantry/sdk/errors'
import type { Death } from '../mortal.ts'
import { createHost } from './create-host.ts'
import type { HostInput } from './create-host.ts'
import type { Done, Order, Swept, Tokens, Word } from './orders.ts'

type Sdk = ReturnType<ReturnType<typeof createHost>['live']>

/** At once and whole, also when the next thing is the end. */
function say(word: Word): void {
  writeSync(1, `${JSON.stringify(word)}\n`)
}

/** The real thing happens to the real process: nothing is caught, flushed or closed. */
function strike(death: Death | null): void {
  if (death?.wakes !== true) process.kill(process.pid, 'SIGKILL')
  say({ said: 'stopping' })
  process.kill(process.pid, 'SIGSTOP')
  say({ said: 'woken' })
}

const codeOf = (error: unknown): string => (isTenantryError(error) ? error.code : `crashed: ${String(error)}`)

/** Ticks until nothing is due. */
async function sweep(sdk: Sdk, maxItems: number): Promise<Swept> {
  const total = { claimed: 0, ok: 0, failed: 0, released: 0 }
  for (;;) {
    const swept = await sdk.maintenance.sweep({ budgetMs: 60_000, maxItems })
    for (const name of ['claimed', 'ok', 'failed', 'released'] as const) total[name] += swept[name]
    if (swept.claimed === 0) return total
  }
}

async function askForTokens(sdk: Sdk, connectionId: string, callers: number): Promise<Tokens> {
  const ask = async () => (await sdk.gmail.client({ connectionId })).accessToken()
  const answers = await Promise.all(Array.from({ length: callers }, () => ask().catch(codeOf)))
  const counts: Record<string, number> = {}
  for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1
  return counts
}

function work(sdk: Sdk, order: Order): Promise<Done> {
  if (order.work === 'sweep') return sweep(sdk, order.maxItems)
  if (order.work === 'token') return askForTokens(sdk, order.connectionId, order.callers)
  return sdk.secrets.rotateKeys({ budgetMs: order.budgetMs })
}

async function obey(host: ReturnType<typeof createHost>, order: Order): Promise<void> {
  const { id, aheadMs, death } = order
  try {
    const sdk = host.live({ aheadMs, death, onDeath: () => strike(death) })
    say({ said: 'done', id, value: await work(sdk, order) })
  } catch (error) {
    say({ said: 'refused', id, code: codeOf(error) })
  }
}

const host = createHost(JSON.parse(process.env['FAULTS_WORKER'] ?? '') as HostInput)
const orders = createInterface({ input: process.stdin })
orders.on('line', (line) => void obey(host, JSON.parse(line) as Order))
// Whoever gives the orders is gone.
orders.on('close', () => process.exit(0))
say({ said: 'ready' })
