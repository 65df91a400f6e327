// @vitest-environment node
import type { Health } from '@tenantry/sdk/wire'
import { describe, expect, it } from 'vitest'
import { connectionActions, readActions, readPrimaryAction } from './connection-action.ts'
import { connectionConditions, readCondition } from './connection-condition.ts'
import { createConnection, exampleNow, inHours, readOnlyPermissions } from './testing/create-connection.ts'

function actionsFor(health: Partial<Health>, more: Parameters<typeof createConnection>[1] = {}) {
  const connection = createConnection(health, more)
  const condition = readCondition(connection.health, exampleNow)
  const possible = readActions(connection, { condition, canOpen: true, canDiagnose: true })
  return { possible, primary: readPrimaryAction(condition, possible) }
}

describe('what can be done', () => {
  it.each<[string, Partial<Health>, string | null, string]>([
    ['works', {}, null, 'reconnect sync_now renew pause edit diagnostics disconnect'],
    ['has a dead grant', { status: 'needs_reauth' }, 'reconnect', 'reconnect edit diagnostics disconnect'],
    ['is blocked by its app', { status: 'blocked_by_app' }, null, 'reconnect edit diagnostics disconnect'],
    ['fails', { status: 'error' }, 'sync_now', 'reconnect sync_now renew pause edit diagnostics disconnect'],
    ['has lost its watch', { renewBy: inHours(-2) }, 'renew', 'reconnect sync_now renew pause edit diagnostics disconnect'],
    [
      'is polled by choice',
      { delivery: 'polling', deliveryReason: 'polling_chosen' },
      null,
      'reconnect sync_now pause edit diagnostics disconnect',
    ],
    [
      'cannot be pushed to',
      { delivery: 'polling', deliveryReason: 'push_not_supported' },
      null,
      'reconnect sync_now pause edit diagnostics disconnect',
    ],
    [
      'hears no notifications',
      { delivery: 'polling', deliveryReason: 'push_silent' },
      'renew',
      'reconnect sync_now renew pause edit diagnostics disconnect',
    ],
    ['is paused', { status: 'paused' }, 'resume', 'reconnect resume edit diagnostics disconnect'],
    [
      'is paused and its sign-in has ended',
      { status: 'paused', signInEndsAt: inHours(-1) },
      'reconnect',
      'reconnect edit diagnostics disconnect',
    ],
    ['has set something aside', { quarantined: 1 }, 'redrive', 'reconnect sync_now renew redrive pause edit diagnostics disconnect'],
    ['is disconnected', { status: 'disconnected' }, 'reconnect', 'reconnect edit diagnostics remove'],
    ['was never finished', { status: 'connecting' }, 'reconnect', 'reconnect edit diagnostics'],
    ['has no app', { status: 'not_configured' }, null, 'edit diagnostics'],
  ])('with a connection that %s', (_, health, primary, possible) => {
    expect(actionsFor(health)).toEqual({ primary, possible: possible.split(' ') })
  })

  it('is nothing for a person who may only look, in any state', () => {
    for (const status of ['connected', 'degraded', 'needs_reauth', 'error', 'paused', 'disconnected', 'connecting'] as const)
      expect(actionsFor({ status, quarantined: 1 }, { permissions: readOnlyPermissions })).toEqual({ possible: [], primary: null })
  })

  it('is what the host wants of it', () => {
    const connection = createConnection({ status: 'paused' })
    const facts = { condition: 'paused', canOpen: false, canDiagnose: false } as const
    expect(readActions(connection, facts)).toEqual(['reconnect', 'resume', 'disconnect'])
    expect(readActions(connection, { ...facts, only: ['disconnect', 'pause'] })).toEqual(['disconnect'])
    expect(readPrimaryAction('paused', ['disconnect'])).toBeNull()
  })

  it('never resumes a dead grant, whatever else is true', () => {
    for (const condition of connectionConditions)
      expect(readPrimaryAction(condition, connectionActions) === 'resume').toBe(condition === 'paused')
  })
})
