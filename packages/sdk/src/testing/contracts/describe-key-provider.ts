import { expect } from 'vitest'
import type { KeyProvider, WrappedKey } from '../../ports/index.ts'
import { expectFailure } from './expect-failure.ts'
import { describeSuite } from './suite.ts'
import type { Closable, Skip } from './suite.ts'

export interface KeyProviderHarness extends Closable {
  readonly keys: KeyProvider
  /** Another instance with the same keys. */
  readonly peer?: KeyProvider
  /** Another instance with the same keys and one more, which is its primary: what the host configures to rotate. */
  readonly successor?: () => Promise<KeyProvider>
}

const dataKey = Uint8Array.from({ length: 32 }, (_, index) => index * 7 + 3)

const context = '["tn1","dek","test","tenant-a","key-1"]'

/** What every `KeyProvider` must do, version 1 of the port. */
export function describeKeyProvider(
  name: string,
  options: { readonly create: () => Promise<KeyProviderHarness>; readonly skip?: readonly Skip[] },
): void {
  describeSuite(`KeyProvider: ${name}`, options, ({ test, secure }) => {
    test('unwraps what it wrapped', async ({ keys, peer = keys }) => {
      const wrapped = await keys.wrap(dataKey, context)
      expect([...(await peer.unwrap(wrapped, context))]).toEqual([...dataKey])
    })

    test('wraps with the primary key', async ({ keys }) => {
      expect((await keys.wrap(dataKey, context)).keyId).toBe(keys.primaryKeyId)
      expect(keys.primaryKeyId).not.toBe('')
    })

    test('reads on what it wrapped when another key has become the primary, and wraps with that', async ({ keys, successor }) => {
      if (successor === undefined) throw new Error('Give the harness a successor(), or skip the test and say why.')
      const old = await keys.wrap(dataKey, context)
      const next = await successor()
      expect([...(await next.unwrap(old, context))]).toEqual([...dataKey])
      const wrapped = await next.wrap(dataKey, context)
      expect(wrapped.keyId).toBe(next.primaryKeyId)
      expect(wrapped.keyId).not.toBe(old.keyId)
      expect([...(await next.unwrap(wrapped, context))]).toEqual([...dataKey])
    })

    test('leaves the bytes that it is given alone', async ({ keys }) => {
      const input = Uint8Array.from(dataKey)
      const wrapped = await keys.wrap(input, context)
      const before = [...wrapped.wrapped]
      await keys.unwrap(wrapped, context)
      expect([...input]).toEqual([...dataKey])
      expect([...wrapped.wrapped]).toEqual(before)
    })

    secure('hides the data key, and differently each time', async ({ keys }) => {
      const [one, two] = await Promise.all([keys.wrap(dataKey, context), keys.wrap(dataKey, context)])
      expect(textOf(one.wrapped)).not.toContain(textOf(dataKey.subarray(0, 8)))
      expect(textOf(one.wrapped)).not.toBe(textOf(two.wrapped))
    })

    secure('authenticates the context and does not store it', async ({ keys }) => {
      const wrapped = await keys.wrap(dataKey, context)
      expect(textOf(wrapped.wrapped)).not.toContain('tenant-a')
      for (const other of ['', `${context} `, context.replace('tenant-a', 'tenant-b')])
        await expectFailure(keys.unwrap(wrapped, other), 'secrets_unreadable')
    })

    secure('refuses a changed, cut or prolonged wrapping', async ({ keys }) => {
      const { keyId, wrapped } = await keys.wrap(dataKey, context)
      const flipped = Array.from(wrapped, (_, position) => wrapped.map((byte, index) => (index === position ? byte ^ 1 : byte)))
      const cut = [0, 1, 12, 16, wrapped.length - 1].map((length) => wrapped.slice(0, length))
      for (const bytes of [...flipped, ...cut, Uint8Array.from([...wrapped, 0])])
        await expectFailure(keys.unwrap({ keyId, wrapped: bytes }, context), 'secrets_unreadable')
    })

    secure('refuses a key that it does not have', async ({ keys }) => {
      const { wrapped } = await keys.wrap(dataKey, context)
      for (const keyId of ['', 'unknown', '__proto__', `${keys.primaryKeyId} `]) {
        const foreign: WrappedKey = { keyId, wrapped }
        await expectFailure(keys.unwrap(foreign, context), 'secrets_unreadable')
      }
    })
  })
}

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
