import { expect, it } from 'vitest'
import { readParameter } from './read-structured.ts'

it.each([
  ['; boundary=a', 'a'],
  ['; charset=utf-8; boundary="a;b=\\"c"', 'a;b="c'],
  ['; BOUNDARY (a comment) = a b', 'a'],
  ['; flag; boundary=a', 'a'],
  ['; flag', null],
  ['; other=boundary', null],
])('the boundary of %j is %j', (parameters, boundary) => {
  expect(readParameter(parameters, 'boundary')).toBe(boundary)
})

it('reads a million empty parameters in no time', () => {
  const startedAt = performance.now()
  expect(readParameter(`${';'.repeat(1_000_000)}boundary=a`, 'boundary')).toBe('a')
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})
