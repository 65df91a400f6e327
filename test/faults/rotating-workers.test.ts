import { createEnvelope } from '@tenantry/sdk/crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Death } from './mortal.ts'
import { crypto, environment, keyringOf } from './processes/create-host.ts'
import { seedMailboxes } from './processes/seed-mailboxes.ts'
import { principal, startField, whyNoWorkers } from './processes/start-field.ts'
import type { Field } from './processes/start-field.ts'
import type { Worker } from './processes/start-worker.ts'

const hour = 3_600_000
const address = 'support@acme.test'

/** Where a rotation can be killed, each of them while eight keys are worked on at once. */
const points: Death[] = [
  { step: 'dataKeys.listWrappedBy', when: 'after' },
  { step: 'transaction.dataKeys.rewrap', when: 'before' },
  { step: 'transaction.dataKeys.rewrap', when: 'after' },
  { step: 'transaction.audit.append', when: 'after' },
  { step: 'transaction.end', when: 'before' },
  { step: 'transaction.committed', when: 'before' },
  { step: 'transaction.committed', when: 'after' },
  // Wherever it is by then, which is another place each time.
  ...[71, 112, 153, 194].map((step): Death => ({ step, when: 'after' })),
]

const tenants = Array.from({ length: 140 }, (_, at) => `tenant-${at}`)

describe.skipIf(whyNoWorkers() !== null)('keys that are rotated by processes that die, while others work', () => {
  let field: Field
  let mailboxes: readonly string[]
  let mails = 0

  beforeAll(async () => {
    field = await startField()
    const sourceId = await field.connectMailbox(address)
    mailboxes = [sourceId, ...(await seedMailboxes(field, sourceId, 20, { tenants: tenants.slice(0, 20) }))]
    const envelope = envelopeOf(['k1'])
    for (const tenantId of tenants) await envelope.deriveKey(tenantId, 'test')
  }, 120_000)
  afterAll(() => field.stop())

  const envelopeOf = (keyIds: Parameters<typeof keyringOf>[0]) =>
    createEnvelope({
      keys: keyringOf(keyIds),
      dataKeys: field.store.dataKeys,
      crypto,
      random: { uuid: () => globalThis.crypto.randomUUID(), bytes: (size) => globalThis.crypto.getRandomValues(new Uint8Array(size)) },
      clock: { now: () => Date.now() },
      environment,
    })

  /** A mail comes, and each mailbox is looked at: tokens are opened, and mails and events are sealed and opened. @returns how many failed */
  const work = async (worker: Worker): Promise<number> => {
    field.sandbox.google.deliverMail(address, { from: 'kim@customer.test', subject: `mail ${++mails}`, text: 'x' })
    await sql`update tenantry_tasks set due_at = 0 where kind = 'sync' and fence is null`.execute(field.store.database)
    for (const connectionId of mailboxes) {
      const { tenantId } = (await field.store.connections.findById(connectionId)) ?? { tenantId: '' }
      await field.store.tasks.schedule({ tenantId, connectionId, kind: 'sync', dueAt: 0 })
    }
    return (await worker.sweep({ aheadMs: field.aheadMs() })).failed
  }

  const countOf = async (keyId: string): Promise<number> =>
    (await field.store.dataKeys.tally(10)).find((tally) => tally.keyId === keyId)?.dataKeys ?? 0

  it('loses and revives nothing, and the old key can be taken away', async () => {
    // A deployment that is under way: some have heard that the other key is the primary, and some have not.
    const early = field.createHost(['k1', 'k2'])
    const late = field.createHost(['k2', 'k1'])
    const crew = await Promise.all([field.startWorker({ keyIds: ['k1', 'k2'] }), field.startWorker({ keyIds: ['k2', 'k1'] })])
    const end = new AbortController()
    const failures: unknown[] = []
    const living: string[] = []
    const gone: string[] = []

    const keepMailComing = async () => {
      for (let round = 0; !end.signal.aborted; round += 1)
        failures.push(...Array.from({ length: await work(crew[round % 2] as Worker) }, () => 'task'))
    }
    /** Tenants come and go, by processes of both kinds. */
    const keepTenantsComing = async () => {
      const replace = (value: string) => ({ action: 'replace', value }) as const
      const { projectId } = field.sandbox.google.createProject({ publishing: 'production' })
      const { clientId, clientSecret } = field.sandbox.google.createClient({ projectId, redirectUris: [] })
      const app = { projectId: replace(projectId), clientId: replace(clientId), clientSecret: replace(clientSecret) }
      for (let at = 0; !end.signal.aborted; at += 1) {
        const tenantId = `guest-${at}`
        const sdk = (at % 2 === 0 ? early : late).live({ aheadMs: field.aheadMs() })
        await sdk.google.save({ principal: { ...principal, tenantId }, changes: { notifications: 'polling', ...app } })
        if (at % 3 > 0) living.push(tenantId)
        else {
          await wait(20)
          await sdk.tenants.delete({ tenantId })
          gone.push(tenantId)
        }
        await wait(20)
      }
    }
    const load = [keepMailComing(), keepTenantsComing()].map((part) => part.catch((error: unknown) => void failures.push(error)))

    for (const death of points) {
      const victim = await field.startWorker({ keyIds: ['k2', 'k1'] })
      await expect(victim.rotate({ aheadMs: field.aheadMs(), death })).rejects.toThrow('SIGKILL')
    }
    // None of them came to the end, and what they did is done.
    expect(await countOf('k1')).toBeGreaterThan(20)
    expect(await countOf('k2')).toBeGreaterThan(20)
    for (const ms of [5, 15]) {
      const victim = await field.startWorker({ keyIds: ['k2', 'k1'] })
      const rotating = victim.rotate({ aheadMs: field.aheadMs() })
      await wait(ms)
      victim.signal('SIGKILL')
      await rotating.catch(() => undefined)
    }
    const rotators = await Promise.all([1, 2, 3].map(() => field.startWorker({ keyIds: ['k2', 'k1'] })))
    const results = await Promise.all(rotators.map((worker) => worker.rotate({ aheadMs: field.aheadMs() })))
    expect(results.map(({ unreadable, next }) => [unreadable, next])).toEqual([1, 2, 3].map(() => [0, null]))
    end.abort()
    await Promise.all(load)
    expect(failures).toEqual([])
    for (const count of [mails, living.length, gone.length]) expect(count).toBeGreaterThan(2)

    // Nobody has the old primary any more: what the last of them made is wrapped anew, and then nothing needs it.
    await crew[0]?.end()
    await rotators[0]?.rotate({ aheadMs: field.aheadMs() })
    const { rows } = await sql<{ keys: number }>`select count(*)::int as keys from tenantry_data_keys`.execute(field.store.database)
    const dataKeys = rows[0]?.keys ?? 0
    expect(await late.live({ aheadMs: 0 }).secrets.rotateKeys({ verify: true })).toMatchObject({
      checked: dataKeys,
      unreadable: 0,
      remaining: 0,
      keys: [{ keyId: 'k2', isPrimary: true, dataKeys }],
    })

    // The old key is taken away.
    const only = await field.startWorker({ keyIds: ['k2'] })
    const sdk = field.createHost(['k2']).live({ aheadMs: field.aheadMs() })
    expect(await work(only)).toBe(0)
    const told = Object.values(await field.told('mail '))
    expect(told).toEqual(Array.from({ length: mails }, () => mailboxes.length))
    for (const tenantId of living)
      expect(await sdk.google.status({ principal: { ...principal, tenantId } })).toMatchObject({ state: 'configured' })
    for (const tenantId of gone) expect(await field.store.dataKeys.current(tenantId)).toBeNull()
    const envelope = envelopeOf(['k2'])
    for (const connectionId of mailboxes) {
      const { tenantId } = (await field.store.connections.findById(connectionId)) ?? { tenantId: '' }
      const grant = await field.store.tokens.get(tenantId, connectionId)
      const place = { tenantId, table: 'tenantry_tokens', rowId: connectionId, field: 'refresh', version: grant?.version ?? 0 }
      await expect(envelope.open(place, grant?.sealedRefresh ?? '')).resolves.toBeDefined()
    }
    await field.pass(2 * hour)
    expect(Object.keys(await only.token({ connectionId: mailboxes[0] ?? '', aheadMs: field.aheadMs() }))).toEqual([
      expect.stringMatching(/^ya29/),
    ])

    // Each key was wrapped anew once, and said so once.
    for (const tenantId of [...tenants, ...living, ...gone, 'acme', '~system']) {
      expect(await sdk.audit.verify({ tenantId })).toMatchObject({ ok: true })
      const { lines } = await sdk.audit.list({ tenantId, limit: 500 })
      const rotations = lines.filter(({ action }) => action === 'key.rotated').length
      if (tenants.includes(tenantId)) expect(rotations).toBe(1)
      else expect(rotations).toBeLessThanOrEqual(1)
    }
  }, 240_000)
})
