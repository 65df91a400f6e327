import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { createMailboxWorld } from '../testing/create-mailbox-world.ts'
import { connectGmail, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'

describe('a test message', () => {
  it('goes to whoever signed in, and says to whom', async () => {
    const sent: Uint8Array[] = []
    const world = createMailboxWorld({
      graph: { sendMime: async (_, { raw }) => void sent.push(raw) },
      mail: { composer: { compose: async ({ from, to }) => new TextEncoder().encode(`${from} to ${to.join()}`) } },
    })
    const connectionId = await world.connect()
    expect(await world.sdk.connections.testMessage({ principal, connectionId })).toEqual({ to: 'dana@acme.test' })
    expect(sent.map((raw) => new TextDecoder().decode(raw))).toEqual(['sales@acme.test to dana@acme.test'])
  })

  it('is another one each time it is asked for', async () => {
    const ids: string[] = []
    const world = createMailboxWorld({
      graph: { sendMime: async () => {} },
      mail: { composer: { compose: async ({ messageId }) => (ids.push(messageId), new Uint8Array([1])) } },
    })
    const connectionId = await world.connect()
    for (let time = 0; time < 2; time += 1) await world.sdk.connections.testMessage({ principal, connectionId })
    expect(new Set(ids).size).toBe(2)
  })

  it('is nothing that a mailbox which only receives can send', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const connectionId = await connectGmail(world)
    expect(await codeOf(world.sdk.connections.testMessage({ principal, connectionId }))).toBe('not_found')
  })

  it('is nobody’s of another tenant', async () => {
    const world = createMailboxWorld()
    const connectionId = await world.connect()
    const stranger = { tenantId: 'globex', userId: 'eve', displayName: 'Eve' }
    expect(await codeOf(world.sdk.connections.testMessage({ principal: stranger, connectionId }))).toBe('not_found')
  })
})
