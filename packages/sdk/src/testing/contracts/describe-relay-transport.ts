import { expect } from 'vitest'
import type { RelayTransport } from '../../ports/index.ts'
import { expectFailure } from './expect-failure.ts'
import { expectRefusal } from './mail-transport/expect-refusal.ts'
import { newMessage, sampleMessage } from './mail-transport/sample-message.ts'
import { describeSuite } from './suite.ts'
import type { Closable, Skip } from './suite.ts'

/** What the relay does with the next request; `late` answers after the deadline, though it has taken the message. */
export type RelayBehaviour =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'late'
  | 'hang up'

export interface RelayTransportHarness extends Closable {
  readonly relay: RelayTransport
  /** What the relay does from now on; at first it takes everything. */
  behave(behaviour: RelayBehaviour): void
  /** Idempotency keys, in the order of their coming, seen by the relay itself. */
  keys(): readonly string[]
  /** A secret of this relay's, which may never be shown. */
  readonly secret: string
}

/** What every `RelayTransport` must do, version 1 of the port. */
export function describeRelayTransport(
  name: string,
  options: { readonly create: () => Promise<RelayTransportHarness>; readonly skip?: readonly Skip[] },
): void {
  describeSuite(`RelayTransport: ${name}`, options, ({ group, test, secure }) => {
    test('has a name for people', async ({ relay }) => {
      expect(relay.name).not.toBe('')
    })

    test('hands a message over once, under its key', async ({ relay, keys }) => {
      await relay.send(sampleMessage, { idempotencyKey: 'send-1' })
      await relay.send(newMessage('second'), { idempotencyKey: 'send-2' })
      expect(keys()).toEqual(['send-1', 'send-2'])
    })

    group('is refused', () => {
      const cases: readonly (readonly [string, RelayBehaviour, number])[] = [
        ['for good by 400', { status: 400 }, 400],
        ['for good by 401', { status: 401 }, 400],
        ['for good by 422', { status: 422 }, 400],
        ['for a while by 429', { status: 429 }, 429],
        ['for a while by 500', { status: 500 }, 503],
        ['for a while by 503', { status: 503 }, 503],
        ['for a while by 409, which is the same key at work', { status: 409 }, 503],
        ['without an answer in time', 'late', 0],
        ['without an answer at all', 'hang up', 0],
      ]
      for (const [title, behaviour, httpStatus] of cases) {
        test(title, async ({ relay, behave, keys }) => {
          behave(behaviour)
          expect(await expectRefusal(relay.send(newMessage('refused'), { idempotencyKey: 'once' }))).toMatchObject({
            operation: 'relay.send',
            httpStatus,
          })
          // It decides nothing by itself: a second attempt is the caller's, with the same key.
          expect(keys()).toEqual(['once'])
        })
      }

      test('and says how long to wait', async ({ relay, behave }) => {
        behave({ status: 429, headers: { 'retry-after': '7' } })
        expect((await expectRefusal(relay.send(newMessage('slow'), { idempotencyKey: 'k' }))).retryAfterMs).toBe(7000)
      })
    })

    secure('follows nobody elsewhere', async ({ relay, behave, keys }) => {
      for (const status of [301, 302, 307, 308]) {
        behave({ status, headers: { location: '/elsewhere' } })
        await expectRefusal(relay.send(newMessage('moved'), { idempotencyKey: `moved-${status}` }))
      }
      expect(keys()).toEqual(['moved-301', 'moved-302', 'moved-307', 'moved-308'])
    })

    secure('hands over no field that could become a header', async ({ relay, keys }) => {
      for (const change of [
        { subject: 'a\r\nBcc: eve@evil.test' },
        { to: ['ann@acme.test\nBcc: eve@evil.test'] },
        { headers: { Bcc: 'eve@evil.test' } },
      ])
        await expectFailure(relay.send(newMessage('injected', change), { idempotencyKey: 'k' }), 'message_invalid')
      await expect(relay.send(newMessage('key'), { idempotencyKey: 'a\r\nX-Other: b' })).rejects.toThrow(TypeError)
      expect(keys()).toEqual([])
    })

    secure('shows neither its secret nor what the relay said', async ({ relay, behave, secret }) => {
      behave({ status: 422, body: JSON.stringify({ code: 'EXAMPLE canary of the relay', detail: secret }) })
      const refused = await expectRefusal(relay.send(newMessage('quiet'), { idempotencyKey: 'k' }))
      const shown = [String(refused), JSON.stringify(refused), JSON.stringify(relay)].join('\n')
      expect(shown).not.toContain('canary')
      expect(shown).not.toContain(secret)
    })
  })
}
