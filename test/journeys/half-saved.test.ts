import { describe, expect, it } from 'vitest'
import { TenantryError } from '@tenantry/sdk/errors'
import { connectGmail, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import { createWorld } from './create-world.ts'
import { codeOf } from './expectations.ts'
import { live, minute } from './meddling.ts'
import { health, mail, subjects } from './watching.ts'

const fail = () => Promise.reject(new TenantryError('unavailable'))

describe('a save that was cut off after the app was written', () => {
  it('from polling to notifications takes effect all the same', async () => {
    const world = createWorld()
    await setUpGoogle(world, { notifications: 'polling' })
    const connectionId = await connectGmail(world)
    const { schedule } = world.store.tasks
    Object.assign(world.store.tasks, { schedule: fail })
    expect(await codeOf(world.sdk.google.save({ principal, changes: { notifications: 'managed' } }))).toBe('unavailable')
    Object.assign(world.store.tasks, { schedule })
    await live(world, 5 * minute)
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push', deliveryReason: null })
  })

  it('is looked for only as long as the secrets can be asked, and mail is polled meanwhile', async () => {
    const world = createWorld()
    await setUpGoogle(world, { notifications: 'polling' })
    const connectionId = await connectGmail(world)
    Object.assign(world.secrets, { get: fail })
    for (let at = 0; at < 10; at += 1) {
      world.sandbox.google.deliverMail('support@acme.test', mail(`mail ${at}`))
      await live(world, minute)
    }
    expect(subjects(world)).toHaveLength(10)
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', failures: 0 })
  })
})
