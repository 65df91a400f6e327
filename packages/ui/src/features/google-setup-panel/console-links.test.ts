import { describe, expect, it } from 'vitest'
import { consoleLink, consolePages } from './console-links.ts'

describe('console links', () => {
  it('lead to Google over https, all of them', () => {
    for (const page of consolePages) {
      const { protocol, hostname } = new URL(consoleLink(page, null, ['gmail']))
      expect([protocol, hostname.split('.').slice(-2).join('.')]).toEqual(['https:', 'google.com'])
    }
  })

  it('name the project where the page takes one', () => {
    expect(consoleLink('clients', 'acme-mail-473210', [])).toBe('https://console.cloud.google.com/auth/clients?project=acme-mail-473210')
    expect(consoleLink('clients', null, [])).toBe('https://console.cloud.google.com/auth/clients')
    expect(consoleLink('newProject', 'acme-mail-473210', [])).toBe('https://console.cloud.google.com/projectcreate')
  })

  it('enable only the APIs in use', () => {
    expect(consoleLink('enableApis', null, ['calendar'])).toBe(
      'https://console.cloud.google.com/flows/enableapi?apiid=calendar-json.googleapis.com',
    )
    expect(consoleLink('enableApis', 'acme-mail-473210', ['gmail', 'calendar'])).toBe(
      'https://console.cloud.google.com/flows/enableapi?apiid=gmail.googleapis.com,pubsub.googleapis.com,calendar-json.googleapis.com&project=acme-mail-473210',
    )
  })

  it('cannot be bent by a project name', () => {
    expect(new URL(consoleLink('clients', 'x&evil=1#', [])).searchParams.get('evil')).toBeNull()
  })
})
