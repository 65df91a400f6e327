import { describe, expect, it } from 'vitest'
import { isTenantryError } from '../../errors/index.ts'
import type { MailTransports } from '../../ports/index.ts'
import { mailOffers } from './offers.ts'
import { choiceOf, parseSharedMailboxSettings } from './settings.ts'
import type { Offered } from './settings.ts'
import { unless } from '../../testing/create-mailbox-world.ts'

const composer = unless<MailTransports['composer']>({}, 'composer')
const imap = unless<NonNullable<MailTransports['imap']>>({}, 'imap')
const smtp = unless<NonNullable<MailTransports['smtp']>>({}, 'smtp')
const relay = { name: 'LeadMail', send: () => Promise.resolve() }
const everything: Offered = { offers: mailOffers({ composer, imap, smtp, relay }), relayName: 'LeadMail', hasHostApp: true, hasSmtp: true }
const mailbox = 'sales@acme.test'
const usual = { app: 'own', oversize: 'refuse' }

function refusalOf(input: Record<string, unknown>, offered = everything) {
  try {
    return parseSharedMailboxSettings(input, offered)
  } catch (error) {
    if (!isTenantryError(error)) throw error
    return { code: error.code, field: error.field, values: error.values }
  }
}

describe('the settings', () => {
  it('name a mailbox, and the first way that is offered unless they say another', () => {
    expect(refusalOf({ mailbox: ' Sales@ACME.test\u200B ' })).toEqual({ mailbox, send: 'graph', receive: 'delta', ...usual })
    expect(refusalOf({ mailbox, send: 'relay', receive: 'imap' })).toEqual({ mailbox, send: 'relay', receive: 'imap', ...usual })
  })

  it.each([
    '',
    'sales',
    'sales@',
    'sales@acme',
    'a b@acme.test',
    'sales@acme.test/../me',
    "x')/messages?@acme.test",
    'sales@[::1]',
    'a@b.test@c.test',
    7,
    null,
  ])('do not name the mailbox %j', (input) => {
    expect(refusalOf({ mailbox: input })).toMatchObject({ code: 'mailbox_invalid', field: 'mailbox' })
  })

  it.each([
    ['smtp', 'delta', 'smtp_needs_imap'],
    ['smtp', 'webhook', 'webhook_needs_app'],
    ['relay', 'delta', 'relay_needs_imap'],
    ['relay', 'webhook', 'relay_needs_imap'],
  ])('do not send by %s and receive by %s', (send, receive, code) => {
    expect(refusalOf({ mailbox, send, receive })).toEqual({ code, field: 'receive', values: { relay: 'LeadMail' } })
  })

  it.each([
    [{ send: 'fax' }, 'send'],
    [{ receive: 'pop3' }, 'receive'],
    [{ imapHost: 'evil.test' }, 'settings'],
    [{ cloud: 'global' }, 'settings'],
  ])('do not have %j', (more, field) => {
    expect(refusalOf({ mailbox, ...more })).toMatchObject({ code: 'invalid_input', field })
  })

  it('take the host’s app only by its name, where there is one, and never for an app that acts by itself', () => {
    expect(refusalOf({ mailbox, app: 'host' })).toMatchObject({ app: 'host' })
    expect(refusalOf({ mailbox, app: 'host' }, { ...everything, hasHostApp: false })).toMatchObject({
      code: 'host_app_missing',
      field: 'app',
    })
    expect(refusalOf({ mailbox, send: 'graph', receive: 'webhook', app: 'host' })).toMatchObject({
      code: 'host_app_not_for_webhook',
      field: 'app',
    })
    for (const app of ['Host', 'any', '', null, 7, ['host']].filter((value) => value !== null))
      expect(refusalOf({ mailbox, app })).toMatchObject({ code: 'invalid_input', field: 'app' })
  })

  it('let SMTP send what Graph does not take only where a person signs in, Graph sends and there is an SMTP server', () => {
    const oversize = 'smtp'
    for (const receive of ['delta', 'imap'] as const)
      expect(refusalOf({ mailbox, send: 'graph', receive, oversize })).toMatchObject({ receive, oversize })
    const others = [
      ['smtp', 'imap'],
      ['relay', 'imap'],
      ['graph', 'webhook'],
    ]
    for (const [send, receive] of others)
      expect(refusalOf({ mailbox, send, receive, oversize })).toMatchObject({ code: 'oversize_needs_graph', field: 'oversize' })
    expect(refusalOf({ mailbox, oversize }, { ...everything, hasSmtp: false })).toMatchObject({
      code: 'choice_not_offered',
      field: 'oversize',
    })
    expect(refusalOf({ mailbox, oversize: 'relay' })).toMatchObject({ code: 'invalid_input', field: 'oversize' })
  })

  it('ask for one permission more where SMTP stands in, in a token of Outlook’s', () => {
    const scopesOf = (receive: 'delta' | 'imap') =>
      choiceOf({ send: 'graph', receive, oversize: 'smtp' }).audiences.map(({ name, scopes }) => [name, ...scopes])
    const graph = ['graph', expect.any(String), expect.any(String), expect.any(String)]
    expect(scopesOf('delta')).toEqual([graph, ['outlook', 'SMTP.Send']])
    expect(scopesOf('imap')).toEqual([['outlook', 'IMAP.AccessAsUser.All', 'SMTP.Send'], graph])
    expect(choiceOf({ send: 'graph', receive: 'imap' }).audiences[0]?.scopes).toEqual(['IMAP.AccessAsUser.All'])
  })

  it('do not choose what the deployment cannot do', () => {
    const graphOnly = { offers: mailOffers({ composer }), relayName: null, hasHostApp: false, hasSmtp: false }
    expect(graphOnly.offers).toEqual([
      { send: 'graph', receive: 'delta' },
      { send: 'graph', receive: 'webhook' },
    ])
    expect(refusalOf({ mailbox, send: 'smtp', receive: 'imap' }, graphOnly)).toEqual({
      code: 'choice_not_offered',
      field: 'send',
      values: { choice: 'send' },
    })
    expect(refusalOf({ mailbox, send: 'graph', receive: 'imap' }, graphOnly)).toMatchObject({
      code: 'choice_not_offered',
      field: 'receive',
    })
  })
})

describe('what a deployment offers', () => {
  it('is what its transports make possible', () => {
    const named = (mail: MailTransports) => mailOffers(mail).map(({ send, receive }) => `${send}+${receive}`)
    expect(named({ composer, imap, smtp, relay })).toEqual(['graph+delta', 'smtp+imap', 'relay+imap', 'graph+webhook', 'graph+imap'])
    expect(named({ composer, imap })).toEqual(['graph+delta', 'graph+webhook', 'graph+imap'])
    expect(named({ composer, smtp, relay })).toEqual(['graph+delta', 'graph+webhook'])
  })

  it('can be less, in another order, and never what cannot be had', () => {
    const wanted = [
      { send: 'smtp', receive: 'imap' },
      { send: 'graph', receive: 'delta' },
    ] as const
    expect(mailOffers({ composer, imap, smtp }, wanted)).toEqual(wanted)
    expect(() => mailOffers({ composer, imap }, wanted)).toThrow(/smtp with imap/)
    expect(() => mailOffers({ composer }, [{ send: 'relay', receive: 'delta' }])).toThrow(TypeError)
    expect(() => mailOffers({ composer }, [])).toThrow(TypeError)
  })
})
