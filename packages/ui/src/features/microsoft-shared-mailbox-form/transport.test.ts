import { mailChoice, mailPresets } from '@tenantry/sdk/model'
import type { MailOffer } from '@tenantry/sdk/wire'
import { describe, expect, it } from 'vitest'
import { needsSignIn, readTransports, toPair, transportOf, transports } from './transport.ts'

const offers = Object.entries(mailPresets).map(([preset, pair]): MailOffer => {
  const choice = mailChoice(pair.send, pair.receive)
  if ('refused' in choice) throw new Error(`${preset} is refused`)
  const names = choice.audiences.flatMap(({ scopes }) => scopes)
  return { ...pair, preset: null, grant: choice.grant, permissions: names.map((name) => ({ api: 'Microsoft Graph', name })) }
})
const app = { offers }
const connectedBy = (transport: (typeof transports)[number]) => ({ settings: { ...toPair(transport) } })

describe('transports', () => {
  it('are the presets of the product', () => {
    expect(transports.map(toPair)).toEqual([mailPresets.imap_smtp, mailPresets.imap_relay, mailPresets.graph])
    expect(transports.map((name) => transportOf(toPair(name)))).toEqual(transports)
    expect(transportOf({ send: 'graph', receive: 'webhook' })).toBeNull()
  })

  it('are offered in the order of the host, as far as the server has them', () => {
    expect(readTransports(['graph_full', 'imap_relay'], { offers: offers.filter(({ send }) => send !== 'relay') })).toEqual(['graph_full'])
    expect(readTransports(['graph_full', 'imap_relay'], undefined)).toEqual(['graph_full', 'imap_relay'])
  })

  it('ask for another sign-in where they need a permission that was not asked for', () => {
    expect(needsSignIn(app, connectedBy('graph_full'), 'imap_smtp')).toBe(true)
    expect(needsSignIn(app, connectedBy('imap_smtp'), 'graph_full')).toBe(true)
    expect(needsSignIn(app, connectedBy('imap_relay'), 'imap_smtp')).toBe(true)
    expect(needsSignIn(app, connectedBy('imap_smtp'), 'imap_relay')).toBe(false)
  })

  it('leave it to the server where nobody here may read what they need', () => {
    expect(needsSignIn(undefined, connectedBy('graph_full'), 'imap_smtp')).toBe(false)
  })

  it('ask where the app itself holds the grant', () => {
    const [graph] = offers.filter(({ send }) => send === 'graph')
    const asApp = { offers: [...offers, ...(graph ? [{ ...graph, receive: 'webhook' as const, grant: 'app' as const }] : [])] }
    expect(needsSignIn(asApp, { settings: { send: 'graph', receive: 'webhook' } }, 'graph_full')).toBe(true)
  })
})
