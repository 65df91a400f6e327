import { describe, expect, it } from 'vitest'
import { findBy } from './find-by.ts'

describe('findBy', () => {
  it('finds what was there, what came later, and of two the first', () => {
    const list = [{ id: 'a', turn: 1 }]
    expect([findBy(list, 'id', 'a')?.turn, findBy(list, 'id', 'b')]).toEqual([1, undefined])
    list.push({ id: 'b', turn: 2 }, { id: 'a', turn: 3 })
    expect([findBy(list, 'id', 'b')?.turn, findBy(list, 'id', 'a')?.turn, findBy(list, 'turn', 3)?.id]).toEqual([2, 1, 'a'])
  })

  it('knows nothing of a list in the list that takes its place', () => {
    let list = [{ id: 'a' }, { id: 'b' }]
    expect(findBy(list, 'id', 'a')).toBeDefined()
    list = list.filter(({ id }) => id !== 'a')
    expect([findBy(list, 'id', 'a'), findBy(list, 'id', 'b')]).toEqual([undefined, { id: 'b' }])
  })
})
