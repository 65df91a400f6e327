import type { MailOffer } from '@tenantry/sdk/wire'
import { describe, expect, it } from 'vitest'
import { listPermissions } from './list-permissions.ts'

const offer = (send: MailOffer['send'], receive: MailOffer['receive'], grant: MailOffer['grant'], ...names: string[]): MailOffer => ({
  send,
  receive,
  preset: null,
  grant,
  permissions: names.map((name) => ({ api: 'Microsoft Graph', name })),
  oversizePermissions: null,
})

const withOversize = (one: MailOffer, ...names: string[]): MailOffer => ({
  ...one,
  oversizePermissions: names.map((name) => ({ api: 'Microsoft Graph', name })),
})

const waysOf = (offers: MailOffer[]) =>
  listPermissions(offers).map(({ name, offers: ways, oversize }) => [
    name,
    [...ways.map(({ send, receive }) => `${send}+${receive}`), ...(oversize ? ['oversize'] : [])],
  ])

describe('listPermissions', () => {
  it('names each permission once, with every way that needs it', () => {
    const needed = listPermissions([
      offer('graph', 'delta', 'delegated', 'Mail.Send.Shared', 'offline_access'),
      offer('smtp', 'imap', 'delegated', 'SMTP.Send', 'offline_access'),
    ])
    expect(needed.map(({ name, offers }) => [name, offers.map(({ send }) => send)])).toEqual([
      ['Mail.Send.Shared', ['graph']],
      ['offline_access', ['graph', 'smtp']],
      ['SMTP.Send', ['smtp']],
    ])
  })

  it('keeps what a person lends apart from what the app itself may do', () => {
    const needed = listPermissions([offer('graph', 'delta', 'delegated', 'Mail.Send'), offer('graph', 'webhook', 'app', 'Mail.Send')])
    expect(needed).toHaveLength(2)
  })

  it('names what SMTP needs beside Graph once and last', () => {
    const byDelta = withOversize(offer('graph', 'delta', 'delegated', 'Mail.Send.Shared'), 'SMTP.Send')
    const byImap = withOversize(offer('graph', 'imap', 'delegated', 'Mail.Send.Shared', 'IMAP.AccessAsUser.All'), 'SMTP.Send')
    expect(waysOf([byDelta, byImap])).toEqual([
      ['Mail.Send.Shared', ['graph+delta', 'graph+imap']],
      ['IMAP.AccessAsUser.All', ['graph+imap']],
      ['SMTP.Send', ['oversize']],
    ])
  })

  it('names it with the way that needs it besides', () => {
    const byDelta = withOversize(offer('graph', 'delta', 'delegated', 'Mail.Send.Shared'), 'SMTP.Send')
    expect(waysOf([byDelta, offer('smtp', 'imap', 'delegated', 'SMTP.Send')])).toEqual([
      ['Mail.Send.Shared', ['graph+delta']],
      ['SMTP.Send', ['smtp+imap', 'oversize']],
    ])
  })
})
