import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HealthReport } from '../../examples/helpdesk/src/server/health/read-health.ts'
import { chooseTenant } from '../../examples/helpdesk/src/web/health/choose-tenant.ts'
import { judgeHealth } from '../../examples/helpdesk/src/web/health/judge-health.ts'
import { addSample, plotCourse } from '../../examples/helpdesk/src/web/health/plot-course.ts'
import { tallyByKind } from '../../examples/helpdesk/src/web/health/tally-by-kind.ts'

const quiet: HealthReport = {
  at: '2026-11-21T10:00:00.000Z',
  ok: true,
  due: 0,
  oldestLatenessMs: 0,
  tasks: [],
  connections: [],
  broken: [],
  pipes: [],
  tenants: [{ id: 'acme', name: 'Acme' }],
  isCut: false,
}
const tally = (status: HealthReport['connections'][number]['status'], count: number, tenantId = 'acme') => ({
  tenantId,
  provider: 'gmail',
  status,
  reason: null,
  count,
})
const broken = (tenantId: string | null, key: string) => ({
  tenantId,
  key,
  reason: 'app_secret_invalid',
  since: '2026-11-21T09:00:00.000Z',
  nextTryAt: '2026-11-21T10:05:00.000Z',
})
const pipe = { tenantId: 'acme', connectionId: 'c1', provider: 'gmail', expiresAt: '2026-11-22T10:00:00.000Z' }
const kinds = (report: HealthReport) => judgeHealth(report).findings.map(({ kind }) => kind)

describe('the verdict of the health page', () => {
  it('is about nothing before anything is connected', () => {
    expect(judgeHealth(quiet)).toMatchObject({ level: 'nothing', findings: [] })
  })

  it('is well while upkeep runs, also when people paused or ended connections', () => {
    const connections = [tally('connected', 7), tally('paused', 1), tally('disconnected', 2), tally('connecting', 1)]
    expect(judgeHealth({ ...quiet, connections })).toMatchObject({ level: 'well', findings: [], connections: 11 })
  })

  it('asks for attention where upkeep can do no more', () => {
    const connections = [tally('connected', 5), tally('needs_reauth', 2), tally('error', 1)]
    expect(judgeHealth({ ...quiet, connections })).toMatchObject({ level: 'attention', waiting: 3, connections: 8 })
  })

  it('is trouble for each cause alone', () => {
    const minute = 60_000
    expect(judgeHealth({ ...quiet, ok: false, oldestLatenessMs: 10 * minute }).level).toBe('trouble')
    expect(judgeHealth({ ...quiet, ok: false, pipes: [pipe] }).level).toBe('trouble')
    expect(judgeHealth({ ...quiet, broken: [broken(null, 'vendor/google')] }).level).toBe('trouble')
  })

  it('names every cause, what stops everyone first', () => {
    const connections = [tally('blocked_by_app', 3)]
    const all = { ...quiet, ok: false, oldestLatenessMs: 700_000, pipes: [pipe], broken: [broken('acme', 'app/google/gmail')], connections }
    expect(kinds(all)).toEqual(['late', 'ending', 'broken', 'waiting'])
  })
})

describe('one tenant of a report', () => {
  it('has its own rows, and what everyone shares', () => {
    const report = {
      ...quiet,
      connections: [tally('connected', 1), tally('connected', 2, 'globex')],
      broken: [broken('acme', 'app/google/gmail'), broken('globex', 'quota/google/gmail'), broken(null, 'vendor/google')],
    }
    const shown = chooseTenant(report, 'globex')
    expect(shown.connections.map(({ count }) => count)).toEqual([2])
    expect(shown.broken.map(({ key }) => key)).toEqual(['quota/google/gmail', 'vendor/google'])
    expect(chooseTenant(report, null)).toEqual(report)
  })

  it('adds up by kind of work, the longest wait first', () => {
    const tasks = [
      { tenantId: 'acme', kind: 'sync', due: 2, latenessMs: 10 },
      { tenantId: 'globex', kind: 'renew', due: 1, latenessMs: 90 },
      { tenantId: 'globex', kind: 'sync', due: 3, latenessMs: 40 },
    ] as const
    expect(tallyByKind(tasks)).toEqual([
      { kind: 'renew', due: 1, latenessMs: 90 },
      { kind: 'sync', due: 5, latenessMs: 40 },
    ])
  })
})

describe('the course of lateness', () => {
  const second = 1000
  const courseOf = (...samples: readonly (readonly [number, number])[]) =>
    samples.reduce<ReturnType<typeof addSample>>((course, [at, latenessMs]) => addSample(course, { at: at * second, latenessMs }), [])

  it('is nothing before the first look, then a dot, then a line that ends now', () => {
    expect(plotCourse([])).toBeNull()
    expect(plotCourse(courseOf([0, 0]))).toMatchObject({ lines: ['100,100 100,100'], topMs: 10_000, spanMs: 60_000 })
    expect(plotCourse(courseOf([0, 0], [30, 5000]))).toMatchObject({ lines: ['50,100 100,50'], mostMs: 5000, lastMs: 5000 })
  })

  it('draws no line over a time in which nobody looked', () => {
    expect(plotCourse(courseOf([0, 0], [10, 0], [100, 0], [110, 0]))?.lines).toHaveLength(2)
  })

  it('forgets what is older than ten minutes, and all of a clock that was set back', () => {
    expect(courseOf([0, 1], [300, 2], [700, 3]).map(({ latenessMs }) => latenessMs)).toEqual([2, 3])
    expect(courseOf([500, 1], [100, 2]).map(({ latenessMs }) => latenessMs)).toEqual([2])
  })

  it('stays inside its field whatever was seen', () => {
    const samples = fc.array(fc.record({ at: fc.nat(5_000_000), latenessMs: fc.nat(900_000_000) }), { minLength: 1, maxLength: 80 })
    fc.assert(
      fc.property(samples, (seen) => {
        const course = seen.reduce<ReturnType<typeof addSample>>((known, sample) => addSample(known, sample), [])
        const numbers = (plotCourse(course)?.lines ?? []).flatMap((line) => line.split(/[ ,]/)).map(Number)
        expect(numbers.length).toBeGreaterThan(0)
        expect(numbers.filter((value) => !(value >= 0 && value <= 100))).toEqual([])
      }),
    )
  })
})
