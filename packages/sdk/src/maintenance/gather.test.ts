import { describe, expect, it } from 'vitest'
import { gather } from './gather.ts'

/** Work that ends when the test says so. */
function slowWork() {
  const batches: { readonly items: readonly number[]; readonly end: () => void; readonly fail: (error: Error) => void }[] = []
  const double = gather((items: readonly number[]) => {
    return new Promise<readonly number[]>((resolve, reject) => {
      batches.push({ items, end: () => resolve(items.map((item) => item * 2)), fail: reject })
    })
  })
  const begun = () => batches.map(({ items }) => items)
  return { batches, begun, double }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('gathering', () => {
  it('asks at once for one, and together for those that came meanwhile', async () => {
    const { batches, begun, double } = slowWork()
    const first = double(1)
    await turn()
    const others = [double(2), double(3)]
    await turn()
    expect(begun()).toEqual([[1]])
    batches[0]?.end()
    expect(await first).toBe(2)
    await turn()
    const last = double(4)
    await turn()
    expect(begun()).toEqual([[1], [2, 3]])
    batches[1]?.end()
    expect(await Promise.all(others)).toEqual([4, 6])
    await turn()
    batches[2]?.end()
    expect(await last).toBe(8)
  })

  it('tells a failure to those of its batch, and to nobody else', async () => {
    const { batches, double } = slowWork()
    const first = double(1).catch((error: Error) => error.message)
    await turn()
    const second = double(2)
    batches[0]?.fail(new Error('EXAMPLE_failure'))
    expect(await first).toBe('EXAMPLE_failure')
    await turn()
    batches[1]?.end()
    expect(await second).toBe(4)
  })
})
