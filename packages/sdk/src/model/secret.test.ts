import { format, inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { revealSecret, Secret } from './index.ts'

const value = 'EXAMPLE_client_secret'
const secret = new Secret(value)

describe('a secret', () => {
  it.each<[string, () => unknown]>([
    ['String()', () => String(secret)],
    ['a template', () => `${secret}`],
    ['concatenation', () => '' + (secret as unknown as string)],
    ['join', () => [secret, [secret]].join()],
    ['JSON', () => JSON.stringify({ secret, list: [secret] })],
    ['inspect', () => inspect({ secret }, { depth: 9, showHidden: true, getters: true })],
    ['inspect without its own way', () => inspect(secret, { customInspect: false, showHidden: true, depth: 9 })],
    ['format', () => format('%s %o %O %j %d', secret, secret, secret, secret, secret)],
    ['an error’s message', () => new Error(`no ${secret}`).stack],
    ['keys and entries', () => JSON.stringify([Object.keys(secret), Object.entries(secret), Reflect.ownKeys(secret)])],
    ['a spread', () => inspect({ ...secret })],
    ['a clone', () => inspect(structuredClone({ secret }), { showHidden: true })],
    ['Object.assign', () => inspect(Object.assign({}, secret))],
    ['a locale string', () => secret.toLocaleString()],
    ['a URL', () => new URLSearchParams({ secret: secret as unknown as string }).toString()],
  ])('does not print by %s', (_, print) => {
    expect(String(print())).not.toContain('EXAMPLE')
  })

  it('shows no length, and does not compare', () => {
    expect(String(new Secret('a'))).toBe(String(new Secret('a'.repeat(1000))))
    expect(Number(secret)).toBeNaN()
    expect(new Secret(value)).not.toBe(secret)
  })

  it('is read by its one reader, whatever it holds', () => {
    const bytes = new Uint8Array([1, 2])
    expect(revealSecret(secret)).toBe(value)
    expect(revealSecret(new Secret(bytes))).toBe(bytes)
    expect(() => revealSecret({ value } as unknown as Secret)).toThrow(TypeError)
  })
})
