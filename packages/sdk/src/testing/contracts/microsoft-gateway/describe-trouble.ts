import { describe, expect, it } from 'vitest'
import { encode, print, refusal } from './bench.ts'
import type { Bench } from './bench.ts'

const json = 'application/json; charset=UTF-8'

export function describeTrouble(bench: Bench): void {
  const raw = encode('From: a@contoso.test\r\nTo: b@acme.test\r\n\r\nHello\r\n')
  const kinds = [
    { operation: 'graph.folders.get', call: () => bench.graph.getInbox(bench.call, bench.mailbox) },
    { operation: 'graph.messages.delta', call: () => bench.graph.listDelta(bench.call, { mailbox: bench.mailbox, link: null }) },
    { operation: 'graph.messages.value', call: () => bench.graph.getMime(bench.call, { mailbox: bench.mailbox, id: 'AAMk' }) },
    { operation: 'graph.messages.create', call: () => bench.graph.createDraft(bench.call, { mailbox: bench.mailbox, raw }) },
    { operation: 'graph.sendMail', call: () => bench.graph.sendMime(bench.call, { mailbox: bench.mailbox, raw }) },
    { operation: 'graph.subscriptions.list', call: () => bench.graph.listSubscriptions(bench.app) },
  ]

  describe.each(kinds)('$operation in trouble', ({ operation, call }) => {
    it('is given up on after the deadline', async () => {
      bench.world.faults.add({ operation, kind: 'latency', ms: bench.deadlineMs * 4 })
      const begun = performance.now()
      expect(await refusal(call())).toMatchObject({ vendor: 'microsoft', operation, httpStatus: 0, reason: 'deadline' })
      expect(performance.now() - begun).toBeLessThan(bench.deadlineMs * 3)
    })

    it('that breaks the connection is refused with status 0, asked once', async () => {
      bench.world.faults.add({ operation, kind: 'reset' })
      expect(await refusal(call())).toMatchObject({ httpStatus: 0 })
      expect(bench.sent(operation)).toHaveLength(1)
    })

    it.each([301, 302, 303, 307, 308])('is not followed elsewhere with %i', async (status) => {
      const to = `${bench.world.microsoftEndpoints.global.graph}/v1.0/me`
      bench.world.faults.add({ operation, kind: 'redirect', status, to })
      await refusal(call())
      expect(bench.sent('graph.me')).toEqual([])
    })

    it.each([
      ['a page of HTML', { contentType: 'text/html', body: '<html>EXAMPLE_canary</html>' }],
      ['cut JSON', { contentType: json, body: '{"id":"EXAMPLE_canary' }],
      ['JSON of another shape', { contentType: json, body: '{"canary":"EXAMPLE_canary"}' }],
      ['JSON of other types', { contentType: json, body: '{"id":7,"value":{"canary":"EXAMPLE_canary"}}' }],
      ['a list', { contentType: json, body: '["EXAMPLE_canary"]' }],
      ['nothing', { contentType: json, body: '' }],
      ['a megabyte', { contentType: json, body: JSON.stringify({ id: 'EXAMPLE_canary'.repeat(80_000) }) }],
    ])('is not believed when it answers 200 with %s', async (_, answer) => {
      bench.world.faults.add({ operation, kind: 'body', ...answer })
      expect(print(await refusal(call()))).not.toContain('EXAMPLE_canary')
    })

    it('does not take in 2 GiB', async () => {
      bench.world.faults.add({ operation, kind: 'flood' })
      const begun = performance.now()
      expect((await refusal(call())).operation).toBe(operation)
      expect(performance.now() - begun).toBeLessThan(bench.deadlineMs * 9)
    })

    it.each([500, 502, 503])('that answers %i with a page of HTML is refused with that status', async (status) => {
      bench.world.faults.add({ operation, kind: 'status', status, contentType: 'text/html', body: '<html>EXAMPLE_canary</html>' })
      const refused = await refusal(call())
      expect(refused.httpStatus).toBe(status)
      expect(print(refused)).not.toContain('EXAMPLE_canary')
    })

    it('tells how long to wait, in seconds or as a date', async () => {
      const answer = (retryAfter: string) =>
        bench.world.faults.add({ operation, kind: 'status', status: 429, headers: { 'retry-after': retryAfter }, times: 1 })
      answer('7')
      expect(await refusal(call())).toMatchObject({ httpStatus: 429, retryAfterMs: 7000 })
      answer(new Date(bench.world.clock.now() + 90_000).toUTCString())
      expect(Math.abs(((await refusal(call())).retryAfterMs ?? 0) - 90_000)).toBeLessThan(5000)
      answer('soon')
      expect((await refusal(call())).retryAfterMs).toBeUndefined()
    })

    it('has its words used to classify, and never shown', async () => {
      const body = JSON.stringify({ error: { code: 'ErrorSomething', message: 'Bad EXAMPLE_canary given' } })
      bench.world.faults.add({ operation, kind: 'status', status: 400, body })
      const refused = await refusal(call())
      expect(refused.reason).toBe('ErrorSomething')
      expect(refused.mentions('example_CANARY')).toBe(true)
      expect(print(refused)).not.toContain('EXAMPLE_canary')
    })

    it('says by a 404 without Graph’s word nothing about what was asked for', async () => {
      bench.world.faults.add({ operation, kind: 'status', status: 404, contentType: 'text/html', body: '<html></html>' })
      expect(await refusal(call())).toMatchObject({ httpStatus: 404 })
    })
  })

  it('an answer that drips ends at the deadline', async () => {
    bench.world.faults.add({ operation: 'graph.folders.get', kind: 'drip', ms: 50 })
    const begun = performance.now()
    expect(await refusal(bench.graph.getInbox(bench.call, bench.mailbox))).toMatchObject({ httpStatus: 0, reason: 'deadline' })
    expect(performance.now() - begun).toBeLessThan(bench.deadlineMs * 3)
  })

  it('one message is read although another is poisoned', async () => {
    const [poisoned, fine] = ['a', 'b'].map((subject) => bench.deliver(bench.address, subject).id)
    bench.world.faults.add({ path: encodeURIComponent(poisoned ?? ''), kind: 'status', status: 500 })
    expect(await refusal(bench.graph.getMime(bench.call, { mailbox: bench.mailbox, id: poisoned ?? '' }))).toMatchObject({
      httpStatus: 500,
    })
    expect(await bench.graph.getMime(bench.call, { mailbox: bench.mailbox, id: fine ?? '' })).not.toBeNull()
  })
}
