import { expect, it } from 'vitest'
import { isSignedSo, signInstead } from './stand-in-signature.ts'

const words = (text: string) => new TextEncoder().encode(text)

it('signs each words in one way, and no others', () => {
  const signature = signInstead(words('a.b'))
  expect([signature.length, signInstead(words('a.b'))]).toEqual([256, signature])
  expect([isSignedSo(words('a.b'), signature), isSignedSo(words('a.c'), signature)]).toEqual([true, false])
})

it('refuses what was changed or cut', () => {
  const signature = signInstead(words('a.b'))
  const changed = signature.with(200, (signature[200] ?? 0) ^ 1)
  expect([changed, signature.subarray(0, 255), new Uint8Array(0)].map((given) => isSignedSo(words('a.b'), given))).toEqual([
    false,
    false,
    false,
  ])
})
