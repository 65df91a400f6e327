import type { MailOffer } from '@tenantry/sdk/wire'
import { describe, expect, it } from 'vitest'
import { listPermissions } from './list-permissions.ts'

const offer = (send: MailOffer['send'], receive: MailOffer['receive'], grant: MailOffer['grant'], ...names: string[]): MailOffer => ({
  send,
  receive,
  preset: null,
  grant,
  permissions: names.map((name) => ({ api: 'Microsoft Graph', name })),
})

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
})
