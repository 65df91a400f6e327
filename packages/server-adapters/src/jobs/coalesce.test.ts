import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coalesce } from './coalesce.ts'

describe('coalesce', () => {
  it('follows every ask with a run that begins after it, and never runs twice at once', async () => {
    const scenario = fc.array(fc.constantFrom('ask', 'turn'), { minLength: 1, maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(scenario, fc.nat(5), async (steps, turns) => {
        let asks = 0
        let covered = 0
        let inside = 0
        let most = 0
        const runs = coalesce(async () => {
          const seen = asks
          inside += 1
          most = Math.max(most, inside)
          for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
          inside -= 1
          covered = seen
        })
        for (const step of steps) {
          if (step === 'ask') {
            asks += 1
            runs.ask()
          } else await Promise.resolve()
        }
        await runs.settled()
        expect(covered).toBe(asks)
        expect(most).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('makes two runs of a thousand asks', async () => {
    let count = 0
    const runs = coalesce(async () => {
      count += 1
      await Promise.resolve()
    })
    for (let ask = 0; ask < 1000; ask += 1) runs.ask()
    await runs.settled()
    expect(count).toBe(2)
  })

  it('pauses between two runs, and not after the last', async () => {
    const steps: string[] = []
    const runs = coalesce(
      async () => void steps.push('run'),
      async () => void steps.push('pause'),
    )
    runs.ask()
    runs.ask()
    await runs.settled()
    expect(steps).toEqual(['run', 'pause', 'run'])
  })
})
