import type { Check, CheckReport } from '@tenantry/sdk/wire'
import { render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { TenantryProvider } from '../../provider/index.ts'
import { CheckRow } from './index.ts'
import { countChecks, orderChecks } from './order-checks.ts'

const client = {} as Parameters<typeof TenantryProvider>[0]['client']

function makeCheck(id: Check['id'], status: Check['status'], more: Partial<Check> = {}): Check {
  return { id, status, code: null, values: {}, expected: null, actual: null, facts: {}, fix: null, blockedBy: null, durationMs: 5, ...more }
}

function showRow(check: Check) {
  render(
    <TenantryProvider client={client} appName="Helpdesk" timeZone="UTC" now={() => Date.parse('2026-11-21T08:00:00Z')}>
      <ul>
        <CheckRow check={check} />
      </ul>
    </TenantryProvider>,
  )
  return screen.getByRole('listitem')
}

const reportOf = (...checks: Check[]): CheckReport => ({
  startedAt: '2026-11-21T07:59:57.000Z',
  finishedAt: '2026-11-21T08:00:00.000Z',
  checks,
})

describe('orderChecks', () => {
  const whole = reportOf(
    makeCheck('base_url', 'pass'),
    makeCheck('topic', 'skip'),
    makeCheck('redirect_uris', 'warn'),
    makeCheck('sa_key', 'fail'),
    makeCheck('apis', 'fail'),
  )
  const ids = (checks: readonly Check[]) => checks.map(({ id }) => id)

  it('puts the worst first, and keeps the order of the report among equals', () => {
    const { attention, passed } = orderChecks(whole)
    expect(ids(attention)).toEqual(['sa_key', 'apis', 'redirect_uris', 'topic'])
    expect(ids(passed)).toEqual(['base_url'])
  })

  it('leaves what was mended in its place, and brings up what fails since', () => {
    const now = reportOf(...whole.checks.map((check) => makeCheck(check.id, check.id === 'base_url' ? 'warn' : 'pass')))
    const { attention, passed } = orderChecks(now, whole)
    expect(ids(attention)).toEqual(['sa_key', 'apis', 'base_url', 'redirect_uris', 'topic'])
    expect(passed).toEqual([])
    expect(countChecks(now, 'warn')).toBe(1)
  })
})

describe('CheckRow', () => {
  it.each<[Check, string]>([
    [makeCheck('topic', 'skip', { blockedBy: 'sa_key' }), 'Skipped: needs a working service account.'],
    [makeCheck('apis', 'skip', { facts: { gmail: 'unknown' } }), 'Not knownIt shows with the first connection of each kind.'],
    [makeCheck('publishing', 'skip'), 'Not knownIt is proven once a sign-in has outlived seven days.'],
    [makeCheck('topic', 'skip', { facts: { notifications: 'polling' } }), 'Skipped: mail is checked regularly, without notifications.'],
    [makeCheck('subscription', 'skip', { facts: { notifications: 'manual' } }), 'Skipped: set up by hand,'],
    [makeCheck('topic', 'skip'), 'Skipped: it is set up with the first mailbox.'],
    [makeCheck('watch', 'skip', { facts: { status: 'paused' } }), 'Skipped: the connection is not active.'],
    [makeCheck('labels', 'skip'), 'Skipped: does not apply here.'],
    [makeCheck('redirect_uris', 'warn'), 'Not proven yet. It is checked at the first sign-in.'],
    [makeCheck('watch', 'pass', { code: 'polling_chosen' }), 'Mail is checked regularly.'],
  ])('%#: says why', (check, reason) => {
    expect(showRow(check)).toHaveTextContent(reason)
  })

  it('writes moments as people read them', () => {
    const row = showRow(makeCheck('maintenance', 'fail', { code: 'upkeep_stalled', values: { since: '2026-11-18T08:00:00.000Z' } }))
    expect(row).toHaveTextContent(/since Nov 18, 2026, 8:00\sAM\. Watches will end\./)
  })

  it('shows what Microsoft calls the request that it refused', () => {
    const values = { vendor: 'Microsoft', mailbox: 'sales@acme.test', account: 'dana@acme.test', microsoftRequestId: '0f9a1d2e-1111' }
    const row = showRow(makeCheck('mailbox', 'fail', { code: 'mailbox_access_denied', values }))
    expect(row).toHaveTextContent('Microsoft request ID 0f9a1d2e-1111')
    expect(screen.getByRole('button', { name: 'Copy Microsoft request ID' })).toBeVisible()
  })

  it('compares values only where they differ', () => {
    const row = showRow(makeCheck('subscription', 'warn', { code: 'pubsub_read_back_failed', expected: 'same', actual: 'same' }))
    expect(row).not.toHaveTextContent('Google has')
  })

  it('of several lines shows those that differ, and spares the sentence that says the same', () => {
    const row = showRow(
      makeCheck('subscription', 'fail', {
        code: 'pubsub_audience_mismatch',
        values: { expected: 'https://a.example', actual: 'https://a.example/' },
        expected: 'topic\nhttps://a.example',
        actual: 'topic\nhttps://a.example/',
      }),
    )
    expect([...row.querySelectorAll('.tn-code')].map((code) => code.textContent)).toEqual(['https://a.example', 'https://a.example/'])
    expect(row).toHaveTextContent('Pushes go to another address. Set up notifications again.')
  })

  it('shows what a person has to copy where Google has nothing', () => {
    const row = showRow(makeCheck('redirect_uris', 'warn', { expected: 'https://app.example.com/callback' }))
    expect(row).toHaveTextContent('Expectedhttps://app.example.com/callback')
    expect(screen.getByRole('button', { name: 'Copy expected value of Redirect URIs' })).toBeVisible()
    expect(row).not.toHaveTextContent('Google has')
  })
})
