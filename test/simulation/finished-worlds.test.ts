import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addFinishedWorld, readFinishedWorlds } from './finished-worlds.ts'
import type { FinishedWorld } from './finished-worlds.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'worlds-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const world = (seed: number) => ({ seed, connections: 1, commit: 'abc' }) as FinishedWorld

it('keeps worlds over runs, and forgets one whose line was cut off', () => {
  const file = join(folder, 'worlds.jsonl')
  expect(readFinishedWorlds(file)).toEqual([])
  addFinishedWorld(file, world(1))
  appendFileSync(file, '{"seed":2,"conn')
  expect(readFinishedWorlds(file)).toEqual([world(1)])
  addFinishedWorld(file, world(3))
  expect(readFinishedWorlds(file)).toEqual([world(1), world(3)])
})
