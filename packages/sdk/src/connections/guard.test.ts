import { afterEach, describe, expect, it, vi } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { Authorize } from '../ports/index.ts'
import { testPrincipal as principal } from '../testing/index.ts'

afterEach(() => void vi.useRealTimers())

const secret = 'EXAMPLE_secret_of_the_host'

/** A world whose host answers so. */
function ask(authorize: () => unknown) {
  const world = createWorld({ authorize: authorize as Authorize })
  return { world, answer: world.sdk.connections.list({ principal }) }
}

describe('a host that is asked whether somebody may', () => {
  it.each([[undefined], [null], [1], ['true'], [{}], [[true]], [new Boolean(true)]])('and says %j refuses', async (said) => {
    await expect(ask(() => said).answer).rejects.toMatchObject({ code: 'forbidden' })
    await expect(ask(() => Promise.resolve(said)).answer).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('and promises a yes goes on', async () => {
    await expect(ask(() => Promise.resolve(true)).answer).resolves.toEqual({ connections: [] })
  })

  it.each([
    [
      'by throwing',
      () => {
        throw new Error(secret)
      },
    ],
    ['by rejecting', () => Promise.reject(new Error(secret))],
  ])('%s refuses, and says so without what it threw', async (_, authorize) => {
    const { world, answer } = ask(authorize)
    await expect(answer).rejects.toMatchObject({ code: 'forbidden' })
    expect(world.logger.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', event: 'authorize.failed', fields: expect.objectContaining({ action: 'connection.read' }) }),
    )
    expect(JSON.stringify(world.logger.lines)).not.toContain(secret)
  })

  it.each([
    ['never', () => new Promise(() => undefined)],
    ['with a yes, too late', () => new Promise((resolve) => setTimeout(() => resolve(true), 6_000))],
    ['with an error, too late', () => new Promise((_, reject) => setTimeout(() => reject(new Error(secret)), 6_000))],
  ])('that answers %s refuses after five seconds, and says so', async (_, authorize) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { world, answer } = ask(authorize)
    const ended = answer.catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(4_999)
    expect(world.logger.lines).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(await ended).toMatchObject({ code: 'forbidden' })
    expect(world.logger.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', event: 'authorize.late', fields: expect.objectContaining({ action: 'connection.read' }) }),
    )
    await vi.advanceTimersByTimeAsync(2_000)
    expect(JSON.stringify(world.logger.lines)).not.toContain(secret)
  })
})
