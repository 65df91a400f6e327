import { expect, it } from 'vitest'
import { planWorlds } from './plan-worlds.ts'

it('shares all connections out over worlds of their own, with a whale in the fourth', () => {
  const worlds = planWorlds({ seed: 4, connections: 1_000, size: 100, largest: 50, whale: 300 })
  expect(worlds.map(({ connections }) => connections)).toEqual([100, 100, 100, 400, 100, 100, 100])
  expect(worlds.map(({ whale }) => whale)).toEqual([0, 0, 0, 300, 0, 0, 0])
  expect(new Set(worlds.map(({ seed }) => seed)).size).toBe(7)
  expect(worlds[0]).toEqual({ seed: 40_000, connections: 100, largest: 50, whale: 0 })
})
