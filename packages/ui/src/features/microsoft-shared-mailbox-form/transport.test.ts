import { mailChoice, mailPresets, receiveChoices, sendChoices } from '@tenantry/sdk/model'
import type { MailOffer } from '@tenantry/sdk/wire'
import { describe, expect, it } from 'vitest'
import { needsSignIn, presets, readTransports, showTransports, takesOversize, toPair, transportOf, transports } from './transport.ts'

const pairs = sendChoices.flatMap((send) => receiveChoices.map((receive) => ({ send, receive })))
const namesOf = (choice: ReturnType<typeof mailChoice>) => ('refused' in choice ? null : choice.audiences.flatMap(({ scopes }) => scopes))
const describePermissions = (names: readonly string[]) => names.map((name) => ({ api: 'Microsoft Graph' as const, name }))
const offers = pairs.flatMap((pair): MailOffer[] => {
  const choice = mailChoice(pair.send, pair.receive)
  if ('refused' in choice) return []
  const names = namesOf(choice) ?? []
  const more = namesOf(mailChoice(pair.send, pair.receive, 'smtp'))?.filter((name) => !names.includes(name)) ?? null
  const oversizePermissions = more && describePermissions(more)
  return [{ ...pair, preset: null, grant: choice.grant, permissions: describePermissions(names), oversizePermissions }]
})
const app = { offers }
const withoutSmtp = { offers: offers.map((offer) => ({ ...offer, oversizePermissions: null })) }
const withoutRelay = { offers: offers.filter(({ send }) => send !== 'relay') }
const connectedBy = (transport: (typeof transports)[number], oversize: 'refuse' | 'smtp' = 'refuse') => ({
  settings: { ...toPair(transport), oversize },
})

describe('transports', () => {
  it('are the presets of the product', () => {
    expect(presets.map(toPair)).toEqual([mailPresets.imap_smtp, mailPresets.imap_relay, mailPresets.graph])
  })

  it('are all that go together, each under one name', () => {
    const byName = (left: { send: string; receive: string }, right: { send: string; receive: string }) =>
      `${left.send} ${left.receive}`.localeCompare(`${right.send} ${right.receive}`)
    expect(transports.map(toPair).toSorted(byName)).toEqual(offers.map(({ send, receive }) => ({ send, receive })).toSorted(byName))
    expect(transports.map((name) => transportOf(toPair(name)))).toEqual(transports)
    expect(transportOf({ send: 'smtp', receive: 'webhook' })).toBeNull()
  })

  it('are offered in the order of the host, as far as the server has them', () => {
    expect(readTransports(['graph_full', 'imap_relay'], withoutRelay)).toEqual(['graph_full'])
    expect(readTransports(['graph_imap', 'graph_full'], app)).toEqual(['graph_imap', 'graph_full'])
    expect(readTransports(['graph_full', 'imap_relay'], undefined)).toEqual(['graph_full', 'imap_relay'])
  })

  it('are all that the server has where the host wants none in particular, and the presets where nobody here may ask it', () => {
    expect(readTransports(undefined, app)).toEqual(transports)
    expect(readTransports(undefined, withoutRelay)).toEqual(transports.filter((name) => name !== 'imap_relay'))
    expect(readTransports(undefined, undefined)).toEqual(presets)
  })

  it('show what is in force or chosen, once, also where it is not offered', () => {
    const show = (kept: Parameters<typeof showTransports>[1]['kept'], isOnHostApp = false) =>
      showTransports(['graph_full', 'graph_webhook'], { isOnHostApp, kept })
    expect(show([null, 'graph_full'])).toEqual(['graph_full', 'graph_webhook'])
    expect(show(['imap_smtp', 'graph_full'])).toEqual(['graph_full', 'graph_webhook', 'imap_smtp'])
    expect(show([null, 'graph_full'], true)).toEqual(['graph_full'])
    expect(show(['graph_webhook', null], true)).toEqual(['graph_full', 'graph_webhook'])
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
    expect(needsSignIn(app, connectedBy('graph_webhook'), 'graph_full')).toBe(true)
    expect(needsSignIn(app, connectedBy('graph_full'), 'graph_webhook')).toBe(true)
  })

  it('have SMTP beside Graph where a person signs in and the deployment has SMTP', () => {
    expect(transports.filter((name) => takesOversize(app, name))).toEqual(['graph_full', 'graph_imap'])
    expect(transports.filter((name) => takesOversize(withoutSmtp, name))).toEqual([])
    expect(transports.filter((name) => takesOversize({ offers: [] }, name))).toEqual([])
    // Nobody here may ask: the server says so.
    expect(transports.filter((name) => takesOversize(undefined, name))).toEqual(['graph_full', 'graph_imap'])
    expect(takesOversize(app, null)).toBe(false)
  })

  it('ask for another sign-in when SMTP comes beside Graph, and for none when it goes', () => {
    for (const name of ['graph_full', 'graph_imap'] as const) {
      expect(needsSignIn(app, connectedBy(name), name, 'smtp')).toBe(true)
      expect(needsSignIn(app, connectedBy(name, 'smtp'), name, 'smtp')).toBe(false)
      expect(needsSignIn(app, connectedBy(name, 'smtp'), name, 'refuse')).toBe(false)
    }
  })

  it('ask for none where SMTP beside Graph was asked for all of it', () => {
    expect(needsSignIn(app, connectedBy('graph_imap'), 'imap_smtp')).toBe(true)
    expect(needsSignIn(app, connectedBy('graph_imap', 'smtp'), 'imap_smtp')).toBe(false)
    expect(needsSignIn(app, connectedBy('graph_imap', 'smtp'), 'graph_full', 'smtp')).toBe(false)
    expect(needsSignIn(app, connectedBy('graph_full', 'smtp'), 'imap_smtp')).toBe(true)
    expect(needsSignIn(app, connectedBy('imap_smtp'), 'graph_imap', 'smtp')).toBe(true)
  })
})
