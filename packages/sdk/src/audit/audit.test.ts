import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Context } from '../context.ts'
import { createContext } from '../create-context.ts'
import type { AuditRecord } from '../ports/index.ts'
import {
  createManualClock,
  createManualJobs,
  createMemoryKeys,
  createMemorySecrets,
  createMemoryStore,
  createSeededRandom,
} from '../testing/index.ts'
import { appendAudit, noteAudit } from './append-audit.ts'
import { hashLine } from './hash-line.ts'
import { listAudit } from './list-audit.ts'
import { verifyAudit } from './verify-audit.ts'

const tenantId = 'acme'
const line = { tenantId, actor: 'user:dana', action: 'app.saved', subject: 'app:google', outcome: 'ok' } as const

function createTestContext(): Context {
  return createContext({
    baseUrl: 'https://app.example.com',
    environment: 'test',
    keys: createMemoryKeys(),
    store: createMemoryStore(),
    secrets: createMemorySecrets(),
    jobs: createManualJobs(),
    clock: createManualClock(),
    random: createSeededRandom(1),
    authorize: () => true,
    providers: {},
  })
}

async function written(count: number, by = tenantId) {
  const context = createTestContext()
  for (let at = 0; at < count; at += 1) await noteAudit(context, { ...line, tenantId: by, outcome: `line_${at}` })
  const { lines } = await listAudit(context, { tenantId: by, limit: 500 })
  return { context, lines }
}

/** The same sdk on a table that somebody wrote to: sorted and unique by sequence, as the table's key makes it. */
function onTable(context: Context, rows: readonly AuditRecord[]): Context {
  const sorted = [...new Map(rows.map((row) => [row.sequence, row])).values()].toSorted((a, b) => a.sequence - b.sequence)
  const list = async (_tenant: string, after: number, limit: number) => sorted.filter(({ sequence }) => sequence > after).slice(0, limit)
  return { ...context, store: { ...context.store, audit: { ...context.store.audit, list } } }
}

describe('a log', () => {
  it('that nobody wrote to is whole', async () => {
    expect(await verifyAudit(createTestContext(), { tenantId })).toEqual({ ok: true, lines: 0, head: null })
  })

  it('is a gapless chain in the order of writing, also over several pages', async () => {
    const { context } = await written(1001)
    const { lines } = await listAudit(context, { tenantId, after: 999, limit: 10 })
    expect(lines.map(({ sequence, outcome }) => [sequence, outcome])).toEqual([
      [1000, 'line_999'],
      [1001, 'line_1000'],
    ])
    const head = { sequence: 1001, hash: lines[1]?.hash }
    expect(await verifyAudit(context, { tenantId })).toEqual({ ok: true, lines: 1001, head })
  })

  it('has one chain per tenant, each with its own key', async () => {
    const { context, lines } = await written(3)
    await noteAudit(context, { ...line, tenantId: 'globex' })
    const own = lines.map((row) => ({ ...row, tenantId: 'globex' }))
    expect(await verifyAudit(context, { tenantId: 'globex' })).toMatchObject({ ok: true, lines: 1 })
    expect(await verifyAudit(onTable(context, own), { tenantId: 'globex' })).toEqual({ ok: false, brokenAt: 1, reason: 'hash' })
  })

  it('stays gapless when twenty write at once', async () => {
    const { context } = await written(1)
    await Promise.all(Array.from({ length: 20 }, () => noteAudit(context, line)))
    expect(await verifyAudit(context, { tenantId })).toMatchObject({ ok: true, lines: 21 })
  })

  it('keeps no line of what was rolled back', async () => {
    const { context } = await written(2)
    const sealer = await context.envelope.sealerFor(tenantId)
    const failing = context.store.transaction(async (transaction) => {
      await appendAudit(context, transaction, sealer, line)
      throw new Error('EXAMPLE_rollback')
    })
    await expect(failing).rejects.toThrow('EXAMPLE_rollback')
    expect(await verifyAudit(context, { tenantId })).toMatchObject({ ok: true, lines: 2 })
  })

  it('is verified, and goes on, after the tenant’s own key was destroyed', async () => {
    const { context } = await written(2)
    await context.envelope.destroyKeys(tenantId)
    expect(await verifyAudit(context, { tenantId })).toMatchObject({ ok: true, lines: 2 })
    expect(await context.store.dataKeys.current(tenantId)).toBeNull()
    await noteAudit(context, line)
    expect(await verifyAudit(context, { tenantId })).toMatchObject({ ok: true, lines: 3 })
  })

  it.each([
    [{}, 100],
    [{ limit: 0 }, 1],
    [{ limit: 10_000 }, 120],
    [{ after: 118 }, 2],
  ])('is listed in pieces: %j', async (options, count) => {
    const { context } = await written(120)
    expect((await listAudit(context, { tenantId, ...options })).lines).toHaveLength(count)
  })
})

const texts = ['actor', 'action', 'subject', 'outcome', 'previousHash', 'hash', 'tenantId'] as const
const size = 8
const place = fc.nat(size - 1)

describe('whoever writes to the table is found', () => {
  it('by any changed field of any line', async () => {
    const { context, lines } = await written(size)
    const edit = fc.oneof(
      fc.tuple(fc.constantFrom(...texts), fc.string()),
      fc.tuple(fc.constant('at' as const), fc.integer()),
      fc.tuple(fc.constant('actor' as const), fc.constantFrom('user:dana ', 'user:dan', 'service', 'user:dana","app.saved')),
    )
    await fc.assert(
      fc.asyncProperty(place, edit, async (at, [field, value]) => {
        fc.pre(lines[at]?.[field] !== value)
        const rows = lines.map((row, index) => (index === at ? { ...row, [field]: value } : row))
        expect(await verifyAudit(onTable(context, rows), { tenantId })).toEqual({ ok: false, brokenAt: at + 1, reason: 'hash' })
      }),
    )
  })

  it('by any deleted line, the newest ones with a head that was kept', async () => {
    const { context, lines } = await written(size)
    const head = lines.at(-1)
    if (head === undefined) throw new Error('nothing was written')
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(place, { minLength: 1 }), async (gone) => {
        const rows = lines.filter((_, index) => !gone.includes(index))
        const verdict = await verifyAudit(onTable(context, rows), { tenantId, expectedHead: head })
        const first = Math.min(...gone) + 1
        const onlyNewest = rows.length === first - 1
        expect(verdict).toEqual({ ok: false, brokenAt: first, reason: onlyNewest ? 'truncated' : 'gap' })
      }),
    )
  })

  it('by any two lines that changed places', async () => {
    const { context, lines } = await written(size)
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(place, { minLength: 2, maxLength: 2 }), async ([one = 0, other = 0]) => {
        const rows = lines.map((row, index) => {
          const from = index === one ? other : index === other ? one : index
          return { ...(lines[from] ?? row), sequence: row.sequence }
        })
        const verdict = await verifyAudit(onTable(context, rows), { tenantId })
        expect(verdict).toEqual({ ok: false, brokenAt: Math.min(one, other) + 1, reason: 'hash' })
      }),
    )
  })

  it('by any line that was put in, even when all after it were counted anew', async () => {
    const { context, lines } = await written(size)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: size }), place, async (at, copied) => {
        const extra = lines[copied]
        if (extra === undefined) return
        const rows = [...lines.slice(0, at), extra, ...lines.slice(at)].map((row, index) => ({ ...row, sequence: index + 1 }))
        expect(await verifyAudit(onTable(context, rows), { tenantId })).toMatchObject({ ok: false, reason: 'hash' })
      }),
    )
  })

  it('by a chain that was computed with another key', async () => {
    const { context, lines } = await written(size)
    let previousHash = ''
    const rows: AuditRecord[] = []
    for (const row of lines) {
      const forged = { ...row, actor: 'user:mallory', previousHash }
      previousHash = await hashLine(context.crypto, new Uint8Array(32), forged)
      rows.push({ ...forged, hash: previousHash })
    }
    expect(await verifyAudit(onTable(context, rows), { tenantId })).toEqual({ ok: false, brokenAt: 1, reason: 'hash' })
  })

  it('by a genuine line of another past of the same tenant', async () => {
    const { context, lines } = await written(3)
    const key = await context.envelope.auditKey(tenantId)
    const [first, second] = lines
    if (first === undefined || second === undefined) throw new Error('nothing was written')
    const other = { ...second, outcome: 'other_past', previousHash: 'another' }
    const rows = [first, { ...other, hash: await hashLine(context.crypto, key, other) }]
    expect(await verifyAudit(onTable(context, rows), { tenantId })).toEqual({ ok: false, brokenAt: 2, reason: 'link' })
  })

  it('by a store that tells a line twice', async () => {
    const { context, lines } = await written(3)
    const list = async () => [...lines.slice(0, 2), ...lines.slice(1)]
    const store = { ...context.store, audit: { ...context.store.audit, list } }
    expect(await verifyAudit({ ...context, store }, { tenantId })).toEqual({ ok: false, brokenAt: 3, reason: 'order' })
  })

  it('by newest lines that were deleted and then written over', async () => {
    const { context, lines } = await written(3)
    const [first, second, kept] = lines
    if (first === undefined || second === undefined || kept === undefined) throw new Error('nothing was written')
    const key = await context.envelope.auditKey(tenantId)
    const later = { ...kept, outcome: 'later' }
    const rows = [first, second, { ...later, hash: await hashLine(context.crypto, key, later) }]
    expect(await verifyAudit(onTable(context, rows), { tenantId })).toMatchObject({ ok: true })
    expect(await verifyAudit(onTable(context, rows), { tenantId, expectedHead: kept })).toEqual({
      ok: false,
      brokenAt: 3,
      reason: 'truncated',
    })
  })
})
