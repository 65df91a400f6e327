import { describe, expect, it } from 'vitest'
import { testPrincipal as principal } from '@tenantry/sdk/testing'
import { connected, intercept } from './meddling.ts'
import { pass } from './watching.ts'

describe('a test notification that is asked for while the connection is ended', () => {
  it.each(['disconnect', 'remove'] as const)('leaves no watch behind when it is a %s', async (verb) => {
    const { world, connectionId } = await connected()
    await pass(world, 10_000)
    let ended = false
    intercept(world, async (request, serve, { pathname }) => {
      if (ended || !pathname.endsWith('/watch')) return serve(request)
      ended = true
      await world.sdk.gmail.disconnect({ principal, connectionId, revoke: false })
      if (verb === 'remove') await world.sdk.gmail.remove({ principal, connectionId })
      return serve(request)
    })
    expect(await world.sdk.google.testNotification({ principal })).toMatchObject({ sent: false })
    await world.settle()
    expect(ended).toBe(true)
    expect(world.sandbox.snapshot().watches).toEqual([])
  })
})
