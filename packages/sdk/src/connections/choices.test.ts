import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { connectCalendar, connectGmail, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'
import { choicesSchema } from '../wire/index.ts'

async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  await setUpGoogle(world)
  return { world, connectionId: await connectGmail(world) }
}

describe('choices', () => {
  it('are what the account has now, by the name of the setting', async () => {
    const { world, connectionId } = await connected()
    const answer = await world.sdk.gmail.choices({ principal, connectionId })
    expect(choicesSchema.parse(answer)).toEqual(answer)
    expect(Object.keys(answer.choices)).toEqual(['labelIds'])
    expect(answer.choices['labelIds']).toContainEqual({
      id: 'INBOX',
      name: 'INBOX',
      kind: 'system',
      detail: null,
      color: null,
      access: null,
    })
    const { id } = world.sandbox.google.createLabel('support@acme.test', 'Sales')
    const later = await world.sdk.gmail.choices({ principal, connectionId })
    expect(later.choices['labelIds']?.at(-1)).toEqual({ id, name: 'Sales', kind: 'user', detail: null, color: null, access: null })
  })

  it('are none where a provider has nothing to choose', async () => {
    const { world } = await connected()
    const connectionId = await connectCalendar(world)
    const { choices } = await world.sdk.calendar.choices({ principal, connectionId })
    expect(Object.keys(choices).filter((setting) => setting !== 'calendarId')).toEqual([])
  })

  it('fail with our words for what Google said', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.faults.add({ operation: 'gmail.labels.list', kind: 'status', status: 503 })
    expect(await codeOf(world.sdk.gmail.choices({ principal, connectionId }))).toBe('provider_unavailable')
  })

  it('need a connection that is live, and who may change it', async () => {
    const { world, connectionId } = await connected()
    await world.sdk.gmail.update({ principal, connectionId, changes: { paused: true } })
    expect(await codeOf(world.sdk.gmail.choices({ principal, connectionId }))).toBe('conflict')
    const careful = createWorld({ store: world.store, secrets: world.secrets, authorize: ({ action }) => action !== 'connection.update' })
    expect(await codeOf(careful.sdk.gmail.choices({ principal, connectionId }))).toBe('forbidden')
  })
})
