import { describe, expect, it } from 'vitest'
import { batchCalls } from './batch.ts'

describe('batchCalls', () => {
  it('sends a lone call at once, and what arrives meanwhile together', async () => {
    const batches: number[][] = []
    const double = batchCalls<number, number>(
      async (inputs) => {
        batches.push([...inputs])
        await Promise.resolve()
        return inputs.map((input) => input * 2)
      },
      { size: 100, parallel: 1 },
    )
    expect(await Promise.all([1, 2, 3, 4].map(double))).toEqual([2, 4, 6, 8])
    expect(batches).toEqual([[1], [2, 3, 4]])
    expect(await double(5)).toBe(10)
  })

  it('keeps batches within their size', async () => {
    const sizes: number[] = []
    const call = batchCalls<number, number>(
      async (inputs) => {
        sizes.push(inputs.length)
        return inputs
      },
      { size: 10, parallel: 2 },
    )
    await Promise.all(Array.from({ length: 45 }, (_, at) => call(at)))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(10)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(45)
  })

  it('lets only the call fail that cannot work, and goes on afterwards', async () => {
    const call = batchCalls<number, number>(
      async (inputs) => {
        if (inputs.includes(13)) throw new Error('poison')
        return inputs
      },
      { size: 100, parallel: 1 },
    )
    const results = await Promise.allSettled([1, 2, 13, 4].map(call))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    expect(await call(5)).toBe(5)
  })
})
