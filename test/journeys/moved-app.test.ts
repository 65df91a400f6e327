import { describe, expect, it } from 'vitest'
import { changesFor, connectGmail, createGoogleApp, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'

const sameProject = async (world: World) => (await world.sdk.google.test({ principal, checks: ['same_project'] })).checks[0]?.status

describe('a watch from before says nothing of an app that moved since', () => {
  it.each([
    ['client', ['clientId', 'clientSecret']],
    ['topic', ['projectId']],
  ] as const)('with its %s, to another project', async (_, fields) => {
    const world = createWorld()
    await setUpGoogle(world)
    await connectGmail(world)
    // Without a key nothing is deleted in the project that is left.
    await world.sdk.google.save({ principal, changes: { notifications: 'manual', serviceAccountKey: { action: 'remove' } } })
    await world.settle()
    expect(await sameProject(world)).toBe('pass')
    const other = changesFor(await createGoogleApp(world, { projectId: 'another-project-1' }))
    await world.sdk.google.save({ principal, changes: Object.fromEntries(fields.map((field) => [field, other[field]])) })
    expect(await sameProject(world)).toBe('skip')
    await world.settle()
    expect(await sameProject(world)).not.toBe('pass')
  })
})
