// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { createConnection, exampleNow, inHours } from '../../elements/connection-card/testing/create-connection.ts'
import { applyHostFilter, applyPersonsFilter, countGroups, sortConnections } from './arrange-connections.ts'

const named = (name: string, health: Parameters<typeof createConnection>[0] = {}, more: Parameters<typeof createConnection>[1] = {}) =>
  createConnection(health, { id: name, name, address: `${name.toLowerCase()}@acme.test`, ...more })

const all = [
  named('Sales 10', { lastItemAt: inHours(-1) }),
  named('Sales 9', { lastItemAt: null }),
  named('Archive', { status: 'disconnected', lastItemAt: inHours(-100) }),
  named('Zoo', { status: 'needs_reauth', lastItemAt: inHours(-50) }),
  named('Paused', { status: 'paused', lastItemAt: inHours(-10) }),
  named('Äpfel', { signInEndsAt: inHours(20), lastItemAt: inHours(-2) }),
  named('On-call', { lastItemAt: inHours(-3) }, { provider: 'google-calendar' }),
]

const names = (connections: readonly { readonly name: string }[]) => connections.map(({ name }) => name)

describe('sorting', () => {
  const sorted = (sort: Parameters<typeof sortConnections>[1]) => names(sortConnections(all, sort, { now: exampleNow, locale: 'de' }))

  it('puts what needs somebody first, the most urgent at the top, what is over at the end', () => {
    expect(sorted('attention')).toEqual(['Zoo', 'Äpfel', 'Paused', 'On-call', 'Sales 9', 'Sales 10', 'Archive'])
  })

  it('by name as people of the language do, numbers as numbers', () => {
    expect(sorted('name')).toEqual(['Äpfel', 'Archive', 'On-call', 'Paused', 'Sales 9', 'Sales 10', 'Zoo'])
  })

  it('by what brought something last, and never brought anything last of all', () => {
    expect(sorted('recent')).toEqual(['Sales 10', 'Äpfel', 'On-call', 'Paused', 'Zoo', 'Archive', 'Sales 9'])
  })
})

describe('filtering', () => {
  it('by the host, as an object or a function', () => {
    expect(names(applyHostFilter(all, { provider: ['google-calendar'] }))).toEqual(['On-call'])
    expect(names(applyHostFilter(all, { health: ['paused', 'disconnected'] }))).toEqual(['Archive', 'Paused'])
    expect(names(applyHostFilter(all, ({ name }) => name.startsWith('S')))).toEqual(['Sales 10', 'Sales 9'])
    expect(applyHostFilter(all, undefined)).toBe(all)
  })

  it('by the person: name or address, whatever its case, and group', () => {
    const find = (text: string, group: 'all' | 'attention' | 'paused' = 'all') =>
      names(applyPersonsFilter(all, { text, group }, exampleNow))
    expect(find(' ZOO@acme ')).toEqual(['Zoo'])
    expect(find('äpfel')).toEqual(['Äpfel'])
    expect(find('', 'attention')).toEqual(['Zoo', 'Äpfel'])
    expect(find('zoo', 'paused')).toEqual([])
  })
})

it('counts every connection once', () => {
  expect(countGroups(all, exampleNow)).toEqual({ attention: 2, working: 3, paused: 1, disconnected: 1 })
})
