import { describe, expect, it } from 'vitest'
import { print, refusal } from './bench.ts'
import type { Bench } from './bench.ts'

export function describeTrouble(bench: Bench): void {
  const kinds = [
    { kind: 'Gmail', faulty: /^gmail\./, call: () => bench.gateway.gmail.getProfile(bench.user) },
    { kind: 'Calendar', faulty: /^calendar\./, call: () => bench.gateway.calendar.getCalendar(bench.user, bench.address) },
    { kind: 'Pub/Sub', faulty: /^pubsub\./, call: () => bench.gateway.pubsub.getTopic(bench.key, bench.newName('topics')) },
    { kind: 'the token endpoint', faulty: /^oauth\.token$/, call: () => bench.gateway.pubsub.checkKey(bench.key) },
  ]

  describe.each(kinds)('$kind in trouble', ({ faulty: operation, call }) => {
    const json = 'application/json; charset=UTF-8'

    it('is given up on after the deadline', async () => {
      bench.world.faults.add({ operation, kind: 'latency', ms: bench.deadlineMs * 4 })
      const begun = performance.now()
      expect(await refusal(call())).toMatchObject({ vendor: 'google', httpStatus: 0 })
      expect(performance.now() - begun).toBeLessThan(bench.deadlineMs * 3)
    })

    it('that breaks the connection is refused with status 0, asked once', async () => {
      bench.world.faults.add({ operation, kind: 'reset' })
      expect(await refusal(call())).toMatchObject({ httpStatus: 0 })
      expect(bench.world.requests.filter((request) => operation.test(request.operation))).toHaveLength(1)
    })

    it.each([301, 302, 303, 307, 308])('is not followed elsewhere with %i', async (status) => {
      bench.world.faults.add({ operation, kind: 'redirect', status, to: `${bench.world.endpoints.gmail}/gmail/v1/users/me/labels` })
      await refusal(call())
      expect(bench.world.requests.filter((request) => request.operation === 'gmail.labels.list')).toEqual([])
    })

    it.each([
      ['a page of HTML', { contentType: 'text/html', body: '<html>EXAMPLE_canary</html>' }],
      ['cut JSON', { contentType: json, body: '{"name":"EXAMPLE_canary' }],
      ['JSON of another shape', { contentType: json, body: '{"canary":"EXAMPLE_canary"}' }],
      ['a list', { contentType: json, body: '["EXAMPLE_canary"]' }],
      ['nothing', { contentType: json, body: '' }],
      ['a megabyte', { contentType: json, body: JSON.stringify({ name: 'EXAMPLE_canary'.repeat(80_000) }) }],
    ])('is not believed when it answers 200 with %s', async (_, answer) => {
      bench.world.faults.add({ operation, kind: 'body', ...answer })
      expect(print(await refusal(call()))).not.toContain('EXAMPLE_canary')
    })

    it.each([500, 502, 503])('that answers %i with a page of HTML is refused with that status', async (status) => {
      bench.world.faults.add({ operation, kind: 'status', status, contentType: 'text/html', body: '<html>EXAMPLE_canary</html>' })
      const refused = await refusal(call())
      expect(refused.httpStatus).toBe(status)
      expect(print(refused)).not.toContain('EXAMPLE_canary')
    })

    it('tells how long to wait, in seconds or as a date', async () => {
      bench.world.faults.add({ operation, kind: 'status', status: 429, headers: { 'retry-after': '7' }, times: 1 })
      expect(await refusal(call())).toMatchObject({ httpStatus: 429, retryAfterMs: 7000 })
      const date = new Date(bench.world.clock.now() + 90_000).toUTCString()
      bench.world.faults.add({ operation, kind: 'status', status: 503, headers: { 'retry-after': date }, times: 1 })
      expect(Math.abs(((await refusal(call())).retryAfterMs ?? 0) - 90_000)).toBeLessThan(5000)
      bench.world.faults.add({ operation, kind: 'status', status: 503, headers: { 'retry-after': 'soon' }, times: 1 })
      expect((await refusal(call())).retryAfterMs).toBeUndefined()
    })

    it('has its words used to classify, and never shown', async () => {
      const message = 'Bad EXAMPLE_canary given'
      const body = JSON.stringify(
        operation.source.includes('token')
          ? { error: 'invalid_request', error_description: message }
          : { error: { code: 400, message, status: 'INVALID_ARGUMENT' } },
      )
      bench.world.faults.add({ operation, kind: 'status', status: 400, body })
      const refused = await refusal(call())
      expect(refused.reason).toMatch(/^invalid_request$|^INVALID_ARGUMENT$/)
      expect(refused.mentions('example_CANARY')).toBe(true)
      expect(print(refused)).not.toContain('EXAMPLE_canary')
    })
  })
}
