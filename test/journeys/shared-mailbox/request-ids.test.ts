import { entraFault } from '@tenantry/sandbox'
import { createClient } from '@tenantry/sdk/client'
import { complete } from '@tenantry/sdk/testing'
import { createHandler } from '@tenantry/server-adapters/http'
import { describe, expect, it, vi } from 'vitest'
import { connectMailbox, consentAt, countOf, createOffice, delegate, healthOf, mailbox, principal, wait } from './create-office.ts'
import type { Office } from './create-office.ts'

const minute = 60_000
const origin = 'https://app.example.com'

/** Entra's form, or Graph's. */
interface Refused {
  readonly trace_id?: string
  readonly error_description?: string
  readonly error?: { readonly message?: string }
}

/** What Microsoft refuses with from now on, oldest first: the ids of the requests, and its sentences. */
function noteRefusals({ sandbox }: Office) {
  const [ids, sentences]: [string[], string[]] = [[], []]
  const answer = sandbox.fetch
  vi.spyOn(sandbox, 'fetch').mockImplementation(async (request) => {
    const response = await answer(request)
    if (response.ok) return response
    const said = (await response.clone().json()) as Refused
    ids.push(response.headers.get('request-id') ?? said.trace_id ?? '')
    sentences.push(said.error?.message ?? said.error_description ?? '')
    return response
  })
  return { ids, sentences }
}

function expectNoneOf(sentences: readonly string[], texts: readonly string[]): void {
  expect(sentences.length).toBeGreaterThan(0)
  for (const sentence of sentences) {
    expect(sentence).not.toBe('')
    expect(texts.join(' ')).not.toContain(sentence)
  }
}

function clientOf(office: Office) {
  const handler = createHandler(office.sdk, { identify: () => principal, logger: office.logger })
  const texts: string[] = []
  const fetch = async (url: string, init: RequestInit) => {
    const response = await handler(new Request(url, { ...init, headers: { ...(init.headers as Record<string, string>), origin } }))
    texts.push(await response.clone().text())
    return response
  }
  return { client: createClient({ origin, fetch }), texts }
}

const countLines = async ({ store }: Office) => (await store.audit.head('acme'))?.sequence ?? 0

describe('the id by which Microsoft’s support finds a request', () => {
  it('is told with the health of a mailbox that was refused, by the check, and in the support bundle', async () => {
    const office = await createOffice()
    office.sandbox.microsoft.revokeAccess({ mailbox, from: delegate })
    const { ids, sentences } = noteRefusals(office)
    const { connectionId } = await connectMailbox(office)
    const { client, texts } = clientOf(office)
    const { health } = await client.connections.get(connectionId)
    expect(health).toMatchObject({ reason: 'mailbox_access_denied', values: { microsoftRequestId: ids.at(-1) } })
    const { checks } = await client.connections.diagnose(connectionId)
    expect(checks.find(({ id }) => id === 'mailbox')).toMatchObject({
      status: 'fail',
      code: 'mailbox_access_denied',
      values: { microsoftRequestId: expect.toBeOneOf(ids) },
    })
    expect(JSON.stringify(await office.sdk.sharedMailbox.supportBundle({ principal, connectionId }))).toContain(ids.at(-1))
    expectNoneOf(sentences, texts)
  })

  it('comes with an action that was refused, and nothing else of what Graph wrote', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office)
    office.sandbox.microsoft.revokeAccess({ mailbox, from: delegate })
    const { ids, sentences } = noteRefusals(office)
    const { client, texts } = clientOf(office)
    const failure: unknown = await client.connections.testMessage(connectionId).catch((error: unknown) => error)
    expect(failure).toMatchObject({ values: { vendor: 'Microsoft', microsoftRequestId: ids.at(-1), requestId: expect.any(String) } })
    expectNoneOf(sentences, texts)
  })

  it('of Entra comes with a sign-in that it ended', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office)
    office.sandbox.microsoft.revokeSessions(delegate)
    const { ids } = noteRefusals(office)
    for (let round = 0; round < 24; round += 1) await wait(office, 5 * minute)
    const health = await healthOf(office, connectionId)
    expect(health).toMatchObject({ status: 'needs_reauth', values: { microsoftRequestId: ids.at(-1) } })
    expect(ids.length).toBeGreaterThan(1)
  })

  it('of Entra comes with a sign-in that did not work, and with an app that nobody but a check has asked', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office)
    const { ids } = noteRefusals(office)
    office.sandbox.faults.add(entraFault(7000215))
    const begun = await office.sdk.sharedMailbox.connect({ principal, settings: { name: 'Support', mailbox: 'support@acme.test' } })
    const ended = await complete(office, begun, consentAt(office, begun.authorizationUrl, delegate))
    expect(ended).toMatchObject({ code: 'app_secret_invalid', values: { vendor: 'Microsoft', microsoftRequestId: ids.at(-1) } })
    const { client } = clientOf(office)
    expect((await client.flows.get(begun.flowId)).values).toMatchObject({ microsoftRequestId: ids.at(-1) })
    await client.connections.diagnose(connectionId)
    expect(await healthOf(office, connectionId)).toMatchObject({
      status: 'blocked_by_app',
      values: { microsoftRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    })
  })

  it('of Graph comes with a mailbox that is another organization’s, too', async () => {
    const office = await createOffice()
    office.sandbox.microsoft.createDirectory({ domain: 'other.test' })
    const { ids } = noteRefusals(office)
    const { connectionId } = await connectMailbox(office, { settings: { mailbox: 'sales@other.test' } })
    expect(await healthOf(office, connectionId)).toMatchObject({
      reason: 'mailbox_other_directory',
      values: { mailbox: 'sales@other.test', microsoftRequestId: expect.toBeOneOf(ids) },
    })
  })

  it('is another at each look, which is no other failure: one event, one line, and no write more', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office)
    await wait(office, minute)
    office.sandbox.microsoft.revokeAccess({ mailbox, from: delegate })
    const { ids } = noteRefusals(office)
    const look = async () => {
      await wait(office, 20 * minute)
      const { failures, values } = await healthOf(office, connectionId)
      const { version } = (await office.store.connections.get('acme', connectionId)) ?? { version: 0 }
      return { failures, shown: values['microsoftRequestId'], version, audited: await countLines(office) }
    }
    const first = await look()
    expect(first.shown).toBe(ids.at(-1))
    let last = first
    for (let round = 0; round < 10; round += 1) {
      last = await look()
      expect(last.shown).toBe(ids.at(-1))
    }
    const looks = last.failures - first.failures
    expect(looks).toBeGreaterThanOrEqual(10)
    expect(new Set(ids).size).toBe(ids.length)
    // Each look writes the row once, to count itself.
    expect(last.version - first.version).toBe(looks)
    expect(last.audited).toBe(first.audited)
    expect(first.audited).toBeGreaterThan(0)
    expect(countOf(office, 'connection.error') + countOf(office, 'connection.degraded')).toBe(1)
  })
})
