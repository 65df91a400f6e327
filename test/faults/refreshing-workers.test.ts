import { mostAtOnce } from '@tenantry/sandbox'
import type { Rotation } from '@tenantry/sandbox'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Death } from './mortal.ts'
import type { Tokens } from './processes/orders.ts'
import { startField, whyNoWorkers } from './processes/start-field.ts'
import type { Field } from './processes/start-field.ts'
import type { Worker } from './processes/start-worker.ts'

const minute = 60_000
const hour = 60 * minute
/** Google has answered, and nothing of it is written yet. */
const answered: Death = { step: 'request oauth2.googleapis.com/token', when: 'after' }
/** Where a refresh can be interrupted. */
const points: Death[] = [
  { step: 'tokens.acquireLease', when: 'after' },
  { step: answered.step, when: 'before' },
  answered,
  { step: 'tokens.commit', when: 'before' },
  { step: 'tokens.commit', when: 'after' },
]
/** A lease of the dead has run out. */
const lapsed = minute
const modes: Rotation[] = ['none', 'replace-keep-old', 'strict-family']
const forgiving: Rotation[] = ['none', 'replace-keep-old']

describe.skipIf(whyNoWorkers() !== null)('workers that need a token', () => {
  let field: Field
  let crew: Worker[]
  let connectionId: string
  let made = 0

  beforeAll(async () => {
    field = await startField()
    crew = await Promise.all([1, 2, 3, 4].map(() => field.startWorker()))
  }, 120_000)
  afterAll(() => field.stop())
  beforeEach(async () => {
    connectionId = await field.connectMailbox(`mailbox-${++made}@acme.test`)
    await field.pass(2 * hour)
    field.sandbox.clearRequests()
  })

  const ask = (at: number, options: { aheadMs?: number; callers?: number; death?: Death } = {}) =>
    (crew[at] as Worker).token({ connectionId, aheadMs: field.aheadMs(), ...options })

  /** Everybody has the same, and it is one of Google's. */
  const theToken = (answers: readonly Tokens[]): string => {
    const different = new Set(answers.flatMap((answer) => Object.keys(answer)))
    expect([...different]).toEqual([expect.stringMatching(/^ya29\.EXAMPLE_/)])
    return [...different][0] ?? ''
  }

  /** After an answer that nobody kept: the old refresh token still works, and nobody has to sign in. */
  const expectRecovery = async () => {
    await field.pass(lapsed)
    theToken([await ask(1)])
    expect(await field.connection(connectionId)).toMatchObject({ status: 'connected' })
  }

  /** The old one is refused, and again when that is not believed at once; then people are told why. */
  const expectLost = async () => {
    const [lost] = field.refreshesByToken().keys()
    await field.pass(lapsed)
    expect(Object.keys(await ask(1))).not.toContainEqual(expect.stringContaining('ya29'))
    await field.pass(lapsed)
    expect(await ask(2)).toEqual({ grant_lost: 1 })
    expect(await field.connection(connectionId)).toEqual({ status: 'needs_reauth', reason: 'grant_lost' })
    await field.pass(hour)
    await (crew[3] as Worker).sweep({ aheadMs: field.aheadMs() })
    expect(field.refreshesByToken().get(lost ?? null)).toHaveLength(3)
  }

  describe.each(modes)('with rotation %s', (rotation) => {
    beforeEach(() => field.sandbox.google.setRotation(rotation))

    it('4 processes with 50 callers each: one request, one token', async () => {
      const answers = await Promise.all(crew.map((_, at) => ask(at, { callers: 50 })))
      const token = theToken(answers)
      expect(answers.map((answer) => answer[token])).toEqual([50, 50, 50, 50])
      expect(field.refreshes()).toHaveLength(1)
    })

    it('killed after the answer', async () => {
      const victim = await field.startWorker()
      await expect(victim.token({ connectionId, aheadMs: field.aheadMs(), death: answered })).rejects.toThrow('SIGKILL')
      expect(field.refreshes()).toHaveLength(1)
      await (rotation === 'strict-family' ? expectLost() : expectRecovery())
    })

    it('the answer is lost on the wire: asked once, and what follows as after a death', async () => {
      field.network.google.set({ kind: 'drop-response', times: 1 })
      expect(await ask(0)).toEqual({ provider_unavailable: 1 })
      expect(field.refreshes()).toHaveLength(1)
      await (rotation === 'strict-family' ? expectLost() : expectRecovery())
    })
  })

  describe.each(forgiving)('with rotation %s', (rotation) => {
    beforeEach(() => field.sandbox.google.setRotation(rotation))

    it.each(points)('one that slept longer than its lease, $when $step, does not write over what another got', async (point) => {
      const slept = ask(0, { death: { ...point, wakes: true } })
      await crew[0]?.stopped()
      await field.pass(lapsed)
      const newest = theToken([await ask(1)])
      await crew[0]?.wake()
      theToken([await slept])
      expect(theToken([await ask(2), await ask(0)])).toBe(newest)
      expect(await field.connection(connectionId)).toMatchObject({ status: 'connected' })
      expect(field.refreshes().length).toBeLessThanOrEqual(2)
    })

    it('the database dies between the answer and the write: an error or a token, and the next one works', async () => {
      const caught = ask(0, { death: { ...answered, wakes: true } })
      await crew[0]?.stopped()
      field.network.database.set({ kind: 'reset' })
      await crew[0]?.wake()
      expect(Object.keys(await caught)).toEqual([expect.stringMatching(/^(ya29\.EXAMPLE_.*|unavailable|provider_unavailable)$/)])
      field.network.database.heal()
      await expectRecovery()
    })
  })

  it.each(points)('killed $when $step, where the old refresh token goes on: the next one gets a token', async (death) => {
    field.sandbox.google.setRotation('replace-keep-old')
    const victim = await field.startWorker()
    await expect(victim.token({ connectionId, aheadMs: field.aheadMs(), death })).rejects.toThrow('SIGKILL')
    await expectRecovery()
  })

  it.each([-10, 10])('a clock that is %i minutes off: one request at a time', async (minutes) => {
    field.sandbox.google.setRotation('none')
    const slow = field.sandbox.faults.add({ operation: 'oauth.token', kind: 'latency', ms: 500 })
    for (const isFirst of [true, false]) {
      await field.pass(2 * hour)
      const skewed = { aheadMs: field.aheadMs() + minutes * minute }
      const [first, second] = isFirst ? [skewed, {}] : [{}, skewed]
      field.sandbox.clearRequests()
      const asked = ask(0, first)
      await expect.poll(() => field.refreshes().length).toBe(1)
      theToken([...(await Promise.all([ask(1, second), ask(2, second)])), await asked])
      expect(mostAtOnce(field.refreshes())).toBe(1)
      expect(field.refreshes()).toHaveLength(1)
    }
    slow.remove()
  })
})
