import { describe, expect, it } from 'vitest'
import { testPrincipal as principal } from '@tenantry/sdk/testing'
import { connected, day, live, minute } from './meddling.ts'
import { mail, subjects } from './watching.ts'

describe('mail that was handed over so long ago that nobody remembers it', () => {
  it('is not imported again when it is marked, starred or sorted where it lies', async () => {
    const { world } = await connected()
    const help = world.sandbox.google.createLabel('support@acme.test', 'Help')
    const { id } = world.sandbox.google.deliverMail('support@acme.test', { ...mail('long ago'), labels: ['INBOX'] })
    await world.settle()
    await live(world, 40 * day, day / 2)
    for (const label of ['UNREAD', 'STARRED', help.id]) {
      world.sandbox.google.changeLabels('support@acme.test', id, { add: [label] })
      await live(world, 20 * minute)
    }
    expect(subjects(world)).toEqual(['long ago'])
  })

  it('is not imported again when it is archived and sorted there, where a label keeps mail out', async () => {
    const { world, connectionId } = await connected()
    const [personal, done] = ['Personal', 'Done'].map((name) => world.sandbox.google.createLabel('support@acme.test', name).id)
    if (personal === undefined || done === undefined) throw new Error('no label')
    await world.sdk.gmail.update({ principal, connectionId, changes: { settings: { labelIds: [personal], labelMode: 'exclude' } } })
    const { id } = world.sandbox.google.deliverMail('support@acme.test', { ...mail('long ago'), labels: ['INBOX'] })
    await world.settle()
    await live(world, 40 * day, day / 2)
    world.sandbox.google.changeLabels('support@acme.test', id, { remove: ['INBOX'] })
    await live(world, 20 * minute)
    world.sandbox.google.changeLabels('support@acme.test', id, { add: [done] })
    await live(world, 20 * minute)
    expect(subjects(world)).toEqual(['long ago'])
  })
})
