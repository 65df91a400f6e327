import { microsoftClouds } from '@tenantry/sdk/model'
import { describe, expect, it } from 'vitest'
import { createMicrosoftGateway, microsoftEndpoints } from './index.ts'
import { call, clock, createGraph, json, mailbox, script } from './testing/script.ts'

describe('endpoints', () => {
  it('are Microsoft, each cloud on its own hosts, unless told otherwise', async () => {
    const asked: string[] = []
    const gateway = createMicrosoftGateway({
      clock,
      fetch: async (request) => {
        asked.push(new URL(request.url).origin)
        return json({ id: 'f' })
      },
    })
    expect(gateway.endpoints).toEqual(microsoftEndpoints)
    for (const cloud of microsoftClouds) await gateway.graph.getInbox({ ...call, cloud }, mailbox)
    expect(asked).toEqual(microsoftClouds.map((cloud) => microsoftEndpoints[cloud].graph))
    expect(new Set(asked).size).toBe(4)
  })

  it('are replaced for one cloud, as a whole', async () => {
    const sandbox = { ...microsoftEndpoints.global, graph: 'http://localhost:4010/graph.microsoft.com/' }
    const { fetch, asked } = script(() => json({ id: 'f' }))
    const gateway = createMicrosoftGateway({ clock, fetch, endpoints: { global: sandbox } })
    expect(gateway.endpoints).toEqual({ ...microsoftEndpoints, global: { ...sandbox, graph: 'http://localhost:4010/graph.microsoft.com' } })
    await gateway.graph.getInbox(call, { own: true })
    expect(asked[0]?.url).toBe('http://localhost:4010/graph.microsoft.com/v1.0/me/mailFolders/inbox?%24select=id')
  })

  it.each([
    'http://graph.example.com',
    'ftp://x',
    'graph.microsoft.com',
    'https://u@x',
    'https://x/?a',
    'http://localhost.example.com',
    '',
  ])('cannot be %j', (address) => {
    for (const name of ['login', 'graph'] as const) {
      const endpoints = { china: { ...microsoftEndpoints.china, [name]: address } }
      expect(() => createGraph(fetch, { endpoints })).toThrow(new RegExp(`endpoints\\.china\\.${name}`))
    }
    const resources = { ...microsoftEndpoints.china.resources, outlook: address }
    expect(() => createGraph(fetch, { endpoints: { china: { ...microsoftEndpoints.china, resources } } })).toThrow(/resources\.outlook/)
  })

  it.each([
    ['', 993],
    ['evil.test/x', 993],
    ['user@evil.test', 993],
    ['imap.test', 0],
    ['imap.test', 65_536],
    ['imap.test', 1.5],
  ])('have no mail server %j:%j', (host, port) => {
    const endpoints = { global: { ...microsoftEndpoints.global, imap: { host, port, security: 'tls' as const } } }
    expect(() => createGraph(fetch, { endpoints })).toThrow(/endpoints\.global\.imap/)
  })
})
