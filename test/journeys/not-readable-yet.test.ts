import { describe, expect, it } from 'vitest'
import { connectGmail, setUpGoogle } from '@tenantry/sdk/testing'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'
import { health, mail, pass, subjects } from './watching.ts'

const minute = 60_000

const countOf = ({ events }: World, type: string) => events.filter((event) => event.type === type).length

/** Lets so many minutes pass, with upkeep at each. */
async function live(world: World, minutes: number): Promise<void> {
  for (let passed = 0; passed < minutes; passed += 1) await pass(world, minute)
}

describe('a mailbox that cannot be read yet', () => {
  it.each([
    ['Google does not answer', { kind: 'status', status: 503 }, 'provider_unavailable'],
    ['Google refuses', { kind: 'status', status: 400 }, 'provider_refused'],
  ] as const)('as %s, is in error, and what came since the sign-in is told once it can, and nothing older', async (_, how, reason) => {
    const world = createWorld()
    await setUpGoogle(world)
    world.sandbox.google.deliverMail('support@acme.test', mail('older'))
    await world.sandbox.clock.advance(10 * minute)
    const faults = ['profile', 'watch', 'history.list', 'messages.list', 'labels.list'].map((verb) =>
      world.sandbox.faults.add({ operation: `gmail.${verb}`, ...how }),
    )
    const connectionId = await connectGmail(world)
    expect(await health(world, connectionId)).toMatchObject({ status: 'error', reason })
    await live(world, 2)
    world.sandbox.google.deliverMail('support@acme.test', mail('meanwhile'))
    await live(world, 90)
    expect(subjects(world)).toEqual([])
    expect(countOf(world, 'connection.connected')).toBe(0)
    for (const fault of faults) fault.remove()
    await live(world, 20)
    world.sandbox.google.deliverMail('support@acme.test', mail('live'))
    await live(world, 1)
    expect(subjects(world)).toEqual(['meanwhile', 'live'])
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', reason: null, delivery: 'push' })
    expect(countOf(world, 'connection.error')).toBe(1)
  })
})
