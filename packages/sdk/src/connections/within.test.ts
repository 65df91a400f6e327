import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { within } from './within.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const never = new Promise<never>(() => undefined)

describe('work with a limit', () => {
  it('gives what it gives, and leaves no timer behind', async () => {
    const late = vi.fn<() => string>(() => 'late')
    expect(await within(1_000, Promise.resolve('done'), late)).toBe('done')
    expect(vi.getTimerCount()).toBe(0)
    expect(late).not.toHaveBeenCalled()
  })

  it('fails as it fails, and leaves no timer behind', async () => {
    await expect(within(1_000, Promise.reject(new Error('EXAMPLE_failure')), () => 'late')).rejects.toThrow('EXAMPLE_failure')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is given up at the limit, and not before', async () => {
    const late = vi.fn<() => string>(() => 'late')
    const answer = within(1_000, never, late)
    await vi.advanceTimersByTimeAsync(999)
    expect(late).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(await answer).toBe('late')
  })

  it('fails as whoever is told of its lateness fails', async () => {
    const answer = within(1_000, never, () => {
      throw new Error('EXAMPLE_late')
    }).catch((error: Error) => error.message)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await answer).toBe('EXAMPLE_late')
  })

  it('bothers nobody when it fails afterwards', async () => {
    const answer = within(1_000, new Promise((_, reject) => setTimeout(() => reject(new Error('EXAMPLE_failure')), 2_000)), () => 'late')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await answer).toBe('late')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(vi.getTimerCount()).toBe(0)
  })
})
