import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { connected, eventsOf, intercept, live, minute } from '../../../../test/journeys/meddling.ts'
import { TenantryError } from '../errors/index.ts'
import { connectGmail, setUpGoogle, signIn, testPrincipal as principal } from '../testing/index.ts'

const address = 'support@acme.test'
const almostExpired = 59 * minute

const healthOf = async (world: World, connectionId: string) => (await world.sdk.gmail.get({ principal, connectionId })).health

async function revoked() {
  const world = createWorld()
  const { clientId } = await setUpGoogle(world)
  const connectionId = await connectGmail(world)
  world.sandbox.google.revokeGrant(address, clientId)
  const signInAgain = async () => {
    const begun = await world.sdk.gmail.reconnect({ principal, connectionId })
    expect(await signIn(world, begun, { address })).toMatchObject({ outcome: 'connected' })
  }
  return { world, connectionId, signInAgain }
}

describe('F59 a refusal of the grant that a new sign-in overtakes', () => {
  it('just before it is believed, marks nothing', async () => {
    const { world, connectionId, signInAgain } = await revoked()
    const tally = world.store.refreshes.tally.bind(world.store.refreshes)
    let once = true
    Object.assign(world.store.refreshes, {
      async tally(...given: Parameters<typeof tally>) {
        if (once) await signInAgain()
        once = false
        return tally(...given)
      },
    })
    await live(world, 150 * minute, 5 * minute)
    expect(once).toBe(false)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', reason: null })
    expect(eventsOf(world, 'connection.needs_reauth')).toEqual([])
  })

  it('just after it was told, is not told again by the task that met it', async () => {
    const { world, connectionId, signInAgain } = await revoked()
    const transaction = world.store.transaction.bind(world.store)
    let once = true
    Object.assign(world.store, {
      async transaction(...given: Parameters<typeof transaction>) {
        const result: unknown = await transaction(...given)
        if (once && (await world.store.connections.get('acme', connectionId))?.status === 'needs_reauth') {
          once = false
          await signInAgain()
        }
        return result
      },
    })
    await live(world, 150 * minute, 5 * minute)
    expect(once).toBe(false)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', reason: null })
    expect(eventsOf(world, 'connection.needs_reauth')).toHaveLength(1)
  })
})

it('a refusal of the old secret that comes after the new one was saved holds nobody back', async () => {
  const world = createWorld()
  const { clientId } = await setUpGoogle(world)
  const connectionId = await connectGmail(world)
  await world.sandbox.clock.advance(almostExpired)
  let once = true
  intercept(world, async (request, serve, { pathname }) => {
    if (!once || !pathname.endsWith('/token')) return serve(request)
    once = false
    const value = world.sandbox.google.rotateSecret(clientId)
    const answer = await serve(request)
    expect(answer.status).toBe(401)
    await world.sdk.google.save({ principal, changes: { clientSecret: { action: 'replace', value } } })
    return answer
  })
  const client = await world.sdk.gmail.client({ principal, connectionId })
  expect(await client.accessToken()).toEqual(expect.any(String))
  await live(world, 30 * minute, minute)
  expect(eventsOf(world, 'connection.blocked_by_app')).toEqual([])
  expect(await world.sdk.maintenance.report()).toMatchObject({ broken: [] })
})

describe('F12 the answer to a refresh that cannot be written', () => {
  it.each(['the write', 'the whole store'] as const)('is kept until it can be, when %s fails', async (what) => {
    const { world, connectionId } = await connected()
    world.sandbox.google.setRotation('strict-family')
    // A rotated grant is one that was given after that.
    const begun = await world.sdk.gmail.reconnect({ principal, connectionId })
    await signIn(world, begun, { address })
    await world.sandbox.clock.advance(almostExpired)
    let [isArmed, isDown] = [true, false]
    intercept(world, async (request, serve, { pathname }) => {
      const answer = await serve(request)
      isDown ||= isArmed && pathname.endsWith('/token')
      return answer
    })
    const failing = <Part extends object>(part: Part, names: readonly string[]): void => {
      for (const name of names) {
        const act = Reflect.get(part, name) as (...given: unknown[]) => Promise<unknown>
        const guarded = (...given: unknown[]) => (isDown ? Promise.reject(new TenantryError('unavailable')) : act.apply(part, given))
        Object.assign(part, { [name]: guarded })
      }
    }
    if (what === 'the write') failing(world.store.tokens, ['commit'])
    else for (const part of Object.values(world.store).filter((each) => typeof each === 'object')) failing(part, Object.keys(part))
    const client = await world.sdk.gmail.client({ principal, connectionId })
    expect(await codeOf(client.accessToken())).toBe('unavailable')
    ;[isArmed, isDown] = [false, false]
    await live(world, 3 * 60 * minute, 10 * minute)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', reason: null })
  })
})
