import type { Check, CheckReport } from '@tenantry/sdk/wire'
import { describe, expect, it } from 'vitest'
import { mergeChecks, withDependents } from './diagnosis.ts'

function makeCheck(id: Check['id'], status: Check['status'], blockedBy: Check['blockedBy'] = null): Check {
  return { id, status, code: null, values: {}, expected: null, actual: null, facts: {}, fix: null, blockedBy, durationMs: 5 }
}

const whole: CheckReport = {
  startedAt: '2026-11-21T07:59:57.000Z',
  finishedAt: '2026-11-21T08:00:00.000Z',
  checks: [
    makeCheck('sa_key', 'fail'),
    makeCheck('topic', 'skip', 'sa_key'),
    makeCheck('publisher', 'skip', 'topic'),
    makeCheck('apis', 'skip'),
  ],
}

describe('withDependents', () => {
  it('finds what waited for a check, directly and through others', () => {
    expect(withDependents(whole, 'sa_key')).toEqual(['sa_key', 'topic', 'publisher'])
    expect(withDependents(whole, 'apis')).toEqual(['apis'])
  })
})

describe('mergeChecks', () => {
  it('renews what was run again and nothing else, and keeps the time of the whole run', () => {
    const part = { startedAt: '2026-11-21T09:00:00.000Z', finishedAt: '2026-11-21T09:00:01.000Z', checks: [makeCheck('sa_key', 'pass')] }
    const merged = mergeChecks({ whole, report: whole }, part)
    expect(merged.whole).toBe(whole)
    expect(merged.report.finishedAt).toBe(whole.finishedAt)
    expect(merged.report.checks).toEqual([makeCheck('sa_key', 'pass'), ...whole.checks.slice(1)])
  })
})
