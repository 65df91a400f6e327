import { expect, it } from 'vitest'
import type { ProviderCall } from '../../provider.ts'
import { fewAtOnce } from './few-at-once.ts'

it('lets four at a mailbox at a time, serves everybody, and goes on after failures', async () => {
  const call = {} as ProviderCall
  let running = 0
  let most = 0
  const work = async (index: number): Promise<number> => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, index % 3))
    running -= 1
    if (index % 4 === 0) throw new Error(`failed ${index}`)
    return index
  }
  const ends = await Promise.allSettled(Array.from({ length: 40 }, (_, index) => fewAtOnce(call, () => work(index))))
  expect(most).toBe(4)
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(30)
  expect(await fewAtOnce(call, () => work(1))).toBe(1)
  expect(running).toBe(0)
})
