import { expect, it } from 'vitest'
import { planWorlds } from './plan-worlds.ts'

it('shares all connections out over worlds of their own, with a whale in the fourth', () => {
  const worlds = planWorlds({ seed: 4, connections: 1_000, size: 100, largest: 50, whale: 300, sharedMailboxes: 6 })
  expect(worlds.map(({ connections }) => connections)).toEqual([100, 100, 100, 400, 100, 100, 100])
  expect(worlds.map(({ whale }) => whale)).toEqual([0, 0, 0, 300, 0, 0, 0])
  expect(new Set(worlds.map(({ seed }) => seed)).size).toBe(7)
  expect(worlds[0]).toEqual({ seed: 40_000, connections: 100, largest: 50, whale: 0, sharedMailboxes: 0 })
})

it('has shared mailboxes among the connections of every tenth world, and of no other', () => {
  const worlds = planWorlds({ seed: 4, connections: 2_004, size: 100, largest: 50, whale: 0, sharedMailboxes: 6 })
  expect(worlds.flatMap(({ sharedMailboxes }, at) => (sharedMailboxes === 0 ? [] : [[at, sharedMailboxes]]))).toEqual([
    [9, 6],
    [19, 6],
  ])
  expect(worlds.reduce((sum, { connections }) => sum + connections, 0)).toBe(2_004)
})
