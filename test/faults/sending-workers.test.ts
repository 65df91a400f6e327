import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Death } from './mortal.ts'
import { startMailField, whyNoMailWorkers } from './mail-processes/start-mail-field.ts'
import type { MailField } from './mail-processes/start-mail-field.ts'
import type { MailWorker } from './mail-processes/start-mail-worker.ts'

/** Longer than a process that died keeps its work to itself. */
const leaseMs = 2 * 60_000 + 1_000
const messageId = /^<[\w-]+@acme\.test>$/

describe.skipIf(whyNoMailWorkers() !== null)('sending, once for each key, by real processes on one PostgreSQL', () => {
  let field: MailField
  let byGraph: string
  let bySmtp: string
  let byRelay: string
  let second: MailWorker

  beforeAll(async () => {
    field = await startMailField()
    byGraph = await field.connect('graph@acme.test', { send: 'graph', receive: 'delta' })
    bySmtp = await field.connect('smtp@acme.test', { send: 'smtp', receive: 'imap' })
    byRelay = await field.connect('relay@acme.test', { send: 'relay', receive: 'imap' })
    second = await field.startWorker()
  }, 120_000)
  afterAll(() => field.stop())

  /** What arrived under a key once there was time for it. */
  const arrived = async (key: string, least: number): Promise<number> => {
    const count = async () => (await field.arrived()).filter((subject) => subject === key).length
    for (let attempt = 0; attempt < 100 && (await count()) < least; attempt += 1) await pause(50)
    // One too many would come right behind.
    await pause(300)
    return count()
  }

  const connectionOf = (way: 'graph' | 'smtp' | 'relay') => ({ graph: byGraph, smtp: bySmtp, relay: byRelay })[way]
  const at = () => ({ aheadMs: field.aheadMs() })

  it.each(['graph', 'smtp', 'relay'] as const)('two processes that are asked at once by %s send one mail', async (way) => {
    const first = await field.startWorker()
    const order = { ...at(), connectionId: connectionOf(way), key: `at once by ${way}` }
    const answers = await Promise.all([first, second, first, second].map((worker) => worker.send(order)))
    const sent = answers.filter((answer) => messageId.test(answer))
    expect(sent.length).toBeGreaterThan(0)
    expect(new Set(sent).size).toBe(1)
    // Whoever came while the other was at it was told to ask again.
    expect(answers.filter((answer) => !sent.includes(answer) && answer !== 'send_outcome_unknown')).toEqual([])
    expect(await Promise.all([first.send(order), second.send(order)])).toEqual([sent[0], sent[0]])
    expect(await arrived(order.key, 1)).toBe(1)
  })

  const graphDeaths: [Death, string][] = [
    [{ step: 'attempts.begin', when: 'after' }, 'before Microsoft was asked'],
    [{ step: `request ${encodeURIComponent('graph@acme.test')}/sendMail`, when: 'before' }, 'at the door'],
    [{ step: `request ${encodeURIComponent('graph@acme.test')}/sendMail`, when: 'after' }, 'with the answer in hand'],
    [{ step: 'attempts.finish', when: 'before' }, 'before it was noted'],
    [{ step: 'attempts.finish', when: 'after' }, 'after it was noted'],
  ]

  it.each(graphDeaths)('a process killed by Graph at %o, %s: Sent Items say what became of it', async (death, when) => {
    const order = { connectionId: byGraph, key: `killed ${when}` }
    const first = await field.startWorker()
    await expect(first.send({ ...at(), ...order, death })).rejects.toThrow('SIGKILL')
    const noted = death.step === 'attempts.finish' && death.when === 'after'
    expect(await second.send({ ...at(), ...order })).toMatch(noted ? messageId : /^send_outcome_unknown$/)
    await field.pass(leaseMs)
    const answer = await second.send({ ...at(), ...order })
    expect(answer).toMatch(messageId)
    expect(await second.send({ ...at(), ...order })).toBe(answer)
    expect(await arrived(order.key, 1)).toBe(1)
    expect(field.microsoft.sentItems('graph@acme.test').filter((mail) => mail.subject === order.key)).toHaveLength(1)
  })

  it.each([
    ['before the server was asked', { step: 'attempts.begin', when: 'after' }, 0],
    ['once the server had taken it', { step: 'attempts.finish', when: 'before' }, 1],
  ] as const)('a process killed by SMTP %s: nobody can ask, so it stays in doubt and is not sent again', async (when, death, taken) => {
    const order = { connectionId: bySmtp, key: `killed ${when}` }
    const first = await field.startWorker()
    await expect(first.send({ ...at(), ...order, death })).rejects.toThrow('SIGKILL')
    for (let round = 0; round < 3; round += 1) {
      expect(await second.send({ ...at(), ...order })).toBe('send_outcome_unknown')
      await field.pass(leaseMs)
    }
    expect(await arrived(order.key, taken)).toBe(taken)
    // Another key is another message.
    expect(await second.send({ ...at(), ...order, key: `${order.key}, anew` })).toMatch(messageId)
  })

  it.each([
    ['at its door', { step: 'request /messages', when: 'before' }, 1],
    ['with its answer in hand', { step: 'request /messages', when: 'after' }, 2],
    ['before it was noted', { step: 'attempts.finish', when: 'before' }, 2],
  ] as const)('a process killed by the relay %s: it is asked again under the same name, and sends once', async (when, death, asked) => {
    const order = { connectionId: byRelay, key: `relay, killed ${when}` }
    const first = await field.startWorker()
    await expect(first.send({ ...at(), ...order, death })).rejects.toThrow('SIGKILL')
    expect(await second.send({ ...at(), ...order })).toBe('send_outcome_unknown')
    await field.pass(leaseMs)
    const answer = await second.send({ ...at(), ...order })
    expect(answer).toMatch(messageId)
    expect(field.relay.asked.get(answer)).toBe(asked)
    expect(await arrived(order.key, 1)).toBe(1)
  })
})
