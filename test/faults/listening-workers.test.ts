import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMailField, whyNoMailWorkers } from './mail-processes/start-mail-field.ts'
import type { MailField } from './mail-processes/start-mail-field.ts'

const mailbox = 'listened@acme.test'
/** A mailbox that nobody listens for is looked at every minute. */
const soonMs = 12_000
/** How long the place of a process that died is kept free. */
const leaseMs = 45_000

describe.skipIf(whyNoMailWorkers() !== null)('listening by real processes on one PostgreSQL', () => {
  let field: MailField
  let connectionId: string

  beforeAll(async () => {
    field = await startMailField()
    connectionId = await field.connect(mailbox, { send: 'smtp', receive: 'imap' })
  }, 120_000)
  afterAll(() => field.stop())

  const isToldWithin = async (ms: number, subject: string): Promise<boolean> => {
    for (const end = Date.now() + ms; Date.now() < end; await pause(50)) if ((await field.told(subject)) > 0) return true
    return false
  }

  /** Whether mail is told as it comes: sooner than looks would find it, three times in a row. */
  const isHeard = async (...subjects: readonly string[]): Promise<boolean> => {
    for (const subject of subjects) {
      await field.deliver(mailbox, subject)
      if (!(await isToldWithin(soonMs, subject))) return false
    }
    return true
  }

  it('another process takes over from one that was killed, and every message is told once', async () => {
    const [first, second] = [await field.startWorker(), await field.startWorker()]
    // This process connected it and listens to nothing.
    await field.lapse(connectionId, leaseMs)
    await first.start({ aheadMs: 0 })
    await pause(2_500)
    expect(await isHeard('a', 'b', 'c')).toBe(true)
    await second.start({ aheadMs: 0 })
    await pause(1_500)
    await first.kill()
    // The place is kept for the one that died: the other does not listen yet, and the next look finds what came.
    await field.deliver(mailbox, 'while nobody listened')
    await field.lapse(connectionId, leaseMs)
    await pause(2_500)
    expect(await isHeard('d', 'e', 'f')).toBe(true)
    expect(await isToldWithin(75_000, 'while nobody listened')).toBe(true)
    for (const subject of ['a', 'b', 'c', 'while nobody listened', 'd', 'e', 'f'])
      expect([subject, await field.told(subject)]).toEqual([subject, 1])
  }, 150_000)
})
