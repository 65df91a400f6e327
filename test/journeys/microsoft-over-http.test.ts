import { createClient } from '@tenantry/sdk/client'
import type { Principal } from '@tenantry/sdk/model'
import { changesForMicrosoft, createMicrosoftApp } from '@tenantry/sdk/testing'
import { createHandler } from '@tenantry/server-adapters/http'
import { describe, expect, it } from 'vitest'
import { createMicrosoftWorld } from './create-microsoft-world.ts'
import { codeOf } from './expectations.ts'

const origin = 'https://app.example.com'
const people: Readonly<Record<string, Principal>> = {
  dana: { tenantId: 'acme', userId: 'dana' },
  gail: { tenantId: 'globex', userId: 'gail' },
}

/** The sdk behind the real door, and browsers that keep their cookies; every answer is on record. */
function createSite() {
  const world = createMicrosoftWorld({ baseUrl: origin })
  const answers: string[] = []
  const handler = createHandler(world.sdk, {
    identify: (request) => people[/session=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? ''] ?? null,
    logger: world.logger,
  })
  const openBrowser = (session: string) => {
    const jar = new Map([['session', session]])
    const go = async (url: string, init: RequestInit = {}): Promise<Response> => {
      const headers = new Headers(init.headers)
      headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
      if ((init.method ?? 'GET') !== 'GET') headers.set('origin', origin)
      const response = await handler(new Request(url, { ...init, headers }))
      answers.push(`${response.status} ${await response.clone().text()}`)
      for (const cookie of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
        jar.set(name, value)
      }
      return response
    }
    return { go, client: createClient({ origin, fetch: go }) }
  }
  return { world, answers, openBrowser }
}

describe('Microsoft over HTTP', () => {
  it('goes from an empty settings page to a connected mailbox and back, and shows no secret on the way', async () => {
    const { world, answers, openBrowser } = createSite()
    const { microsoft } = world.sandbox
    const { directoryId } = microsoft.createDirectory({ domain: 'acme.test' })
    microsoft.createUser({ address: 'dana@acme.test' })
    microsoft.createSharedMailbox({ address: 'sales@acme.test', members: ['dana@acme.test'] })
    const app = createMicrosoftApp(world, { directoryId })
    const { go, client } = openBrowser('dana')

    expect(await client.microsoft.status()).toMatchObject({ state: 'missing', offers: { length: 5 } })
    expect(await client.microsoft.save({ ...changesForMicrosoft(app), ifVersion: null })).toMatchObject({
      state: 'configured',
      directoryId,
    })
    expect((await client.microsoft.test()).checks.map(({ status }) => status)).not.toContain('fail')
    expect(await client.microsoft.setupScript()).toContain('az ad app')

    const settings = { name: 'Sales', mailbox: 'sales@acme.test', send: 'graph', receive: 'delta' }
    const begun = await client.connections.connect({ provider: 'microsoft-shared-mailbox', settings, returnTo: '/settings' })
    const granted = microsoft.grantConsent({ authorizationUrl: begun.authorizationUrl, address: 'dana@acme.test' })
    const page = await go(granted.redirectTo)
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(await client.flows.get(begun.flowId)).toMatchObject({ status: 'connected', code: null })
    await world.settle()
    expect(await client.connections.list({ provider: 'microsoft-shared-mailbox' })).toMatchObject([
      { id: begun.connectionId, health: { status: 'connected', delivery: 'polling' } },
    ])
    expect(await client.microsoft.status()).toMatchObject({ connections: 1 })

    expect(await client.microsoft.reset({ credentials: 'delete' })).toMatchObject({ disconnected: 1, status: { state: 'missing' } })
    expect(answers.filter((answer) => answer.includes(app.clientSecret))).toEqual([])
    expect(answers.filter((answer) => answer.includes(granted.code ?? 'no code'))).toEqual([])
  })

  it('keeps tenants and fields apart', async () => {
    const { world, openBrowser } = createSite()
    const app = createMicrosoftApp(world)
    const [dana, gail] = [openBrowser('dana').client, openBrowser('gail').client]
    await dana.microsoft.save(changesForMicrosoft(app))
    expect(await gail.microsoft.status()).toMatchObject({ state: 'missing', directoryId: null, version: null })
    expect(await codeOf(openBrowser('nobody').client.microsoft.status())).toBe('unauthenticated')
    expect(await codeOf(dana.microsoft.save({ ifVersion: null, cloud: 'china' }))).toBe('conflict')
    await expect(dana.microsoft.save({ directoryId: { action: 'replace', value: 'evil.com/' } })).rejects.toMatchObject({
      code: 'directory_id_invalid',
      field: 'directoryId',
    })
  })
})
