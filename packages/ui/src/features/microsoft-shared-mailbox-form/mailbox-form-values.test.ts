import type { MailOffer } from '@tenantry/sdk/wire'
import { describe, expect, it } from 'vitest'
import { readSwitch, toMailboxSettings } from './mailbox-form-values.ts'
import type { SharedMailboxValues } from './mailbox-form-values.ts'
import { toPair } from './transport.ts'
import type { MsTransport } from './transport.ts'

const offer = (transport: MsTransport, names: readonly string[], oversize: readonly string[] | null): MailOffer => ({
  ...toPair(transport),
  preset: null,
  grant: transport === 'graph_webhook' ? 'app' : 'delegated',
  permissions: names.map((name) => ({ api: 'Microsoft Graph', name })),
  oversizePermissions: oversize && oversize.map((name) => ({ api: 'Microsoft Graph', name })),
})
const graph = ['Mail.ReadWrite.Shared', 'Mail.Send.Shared']
const offers = [
  offer('graph_full', graph, ['SMTP.Send']),
  offer('graph_imap', [...graph, 'IMAP.AccessAsUser.All'], ['SMTP.Send']),
  offer('imap_smtp', ['IMAP.AccessAsUser.All', 'SMTP.Send'], null),
  offer('imap_relay', ['IMAP.AccessAsUser.All'], null),
  offer('graph_webhook', graph, null),
]
const status = { offers }
const withoutSmtp = { offers: offers.map((one) => ({ ...one, oversizePermissions: null })) }

const values = (changes: Partial<SharedMailboxValues>): SharedMailboxValues => ({
  name: 'Sales',
  upn: 'sales@acme.test',
  transport: 'graph_full',
  app: 'own',
  oversize: 'refuse',
  ...changes,
})
const connectedBy = (transport: MsTransport, oversize: 'refuse' | 'smtp' = 'smtp') => ({
  settings: { mailbox: 'sales@acme.test', ...toPair(transport), app: 'own', oversize },
})

describe('toMailboxSettings', () => {
  it.each<[MsTransport, boolean]>([
    ['graph_full', true],
    ['graph_imap', true],
    ['imap_smtp', false],
    ['imap_relay', false],
    ['graph_webhook', false],
  ])('asks for SMTP beside Graph by %s only where that can be had: %s', (transport, isAsked) => {
    const chosen = values({ transport, oversize: 'smtp' })
    expect(toMailboxSettings(chosen, status)).toEqual({
      name: 'Sales',
      mailbox: 'sales@acme.test',
      ...toPair(transport),
      ...(isAsked && { oversize: 'smtp' }),
    })
    expect(toMailboxSettings(chosen, withoutSmtp)).not.toHaveProperty('oversize')
  })

  it('says nothing of it where it is not chosen', () => {
    expect(toMailboxSettings(values({}), status)).not.toHaveProperty('oversize')
  })
})

describe('readSwitch', () => {
  it('turns SMTP beside Graph on by a sign-in, and off without one', () => {
    const on = readSwitch(values({ oversize: 'smtp' }), connectedBy('graph_full', 'refuse'), status)
    expect(on).toEqual({ settings: { oversize: 'smtp' }, needsSignIn: true })
    const off = readSwitch(values({ oversize: 'refuse' }), connectedBy('graph_full'), status)
    expect(off).toEqual({ settings: { oversize: 'refuse' }, needsSignIn: false })
    expect(readSwitch(values({ oversize: 'smtp' }), connectedBy('graph_full'), status)).toBeNull()
  })

  it.each<[MsTransport, boolean]>([
    ['imap_smtp', true],
    ['imap_relay', true],
    ['graph_webhook', true],
  ])('drops it along with a switch to %s', (transport, needsSignIn) => {
    const change = readSwitch(values({ transport, oversize: 'smtp' }), connectedBy('graph_full'), status)
    expect(change).toEqual({ settings: { ...toPair(transport), oversize: 'refuse' }, needsSignIn })
  })

  it('keeps it on the other way that has it, without saying so again', () => {
    const change = readSwitch(values({ transport: 'graph_full', oversize: 'smtp' }), connectedBy('graph_imap'), status)
    expect(change).toEqual({ settings: toPair('graph_full'), needsSignIn: false })
  })

  it('keeps what is in force where it is not offered any more, until another way is chosen', () => {
    const chosen = values({ oversize: 'smtp' })
    expect(readSwitch(chosen, connectedBy('graph_full'), withoutSmtp)).toBeNull()
    expect(readSwitch({ ...chosen, transport: 'graph_imap' }, connectedBy('graph_full'), withoutSmtp)?.settings).toEqual({
      ...toPair('graph_imap'),
      oversize: 'refuse',
    })
    expect(readSwitch({ ...chosen, oversize: 'refuse' }, connectedBy('graph_full'), withoutSmtp)?.settings).toEqual({ oversize: 'refuse' })
  })

  it('drops it for a way that cannot have it also where nobody here may read the setup', () => {
    const change = readSwitch(values({ transport: 'imap_relay', oversize: 'smtp' }), connectedBy('graph_imap'), undefined)
    expect(change).toEqual({ settings: { ...toPair('imap_relay'), oversize: 'refuse' }, needsSignIn: false })
  })

  it('leaves it alone when only the app changes', () => {
    const change = readSwitch(values({ app: 'host', oversize: 'smtp' }), connectedBy('graph_full'), status)
    expect(change).toEqual({ settings: { app: 'host' }, needsSignIn: true })
  })
})
