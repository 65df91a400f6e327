import { describe, expect, it } from 'vitest'
import { connected, eventsOf, live, minute } from './meddling.ts'
import { health, mail, subjects } from './watching.ts'

/** What something between us and Google answers: a page, and not the API's words. */
const page = { kind: 'body', status: 404, body: '<html>Error 404 (Not Found)</html>', contentType: 'text/html' } as const

describe('a 404 without the API’s words', () => {
  it('says of no mail that it is gone', async () => {
    const { world } = await connected()
    world.sandbox.faults.add({ ...page, operation: 'gmail.messages.get', times: 1 })
    world.sandbox.google.deliverMail('support@acme.test', mail('not gone'))
    await live(world, 10 * minute)
    expect(subjects(world)).toEqual(['not gone'])
  })

  it('says of no cursor that it is too old', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.faults.add({ ...page, operation: 'gmail.history.list', times: 1 })
    world.sandbox.google.deliverMail('support@acme.test', mail('after a look that failed'))
    await live(world, 10 * minute)
    expect(subjects(world)).toEqual(['after a look that failed'])
    expect(eventsOf(world, 'connection.gap_recovered')).toEqual([])
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', reason: null })
  })
})
