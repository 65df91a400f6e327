import { connectGmail, setUpGoogle } from '@tenantry/sdk/testing'
import type { TestTenantry } from '@tenantry/sdk/testing'
import type { TenantryEvent } from '@tenantry/sdk'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'

export const minute = 60_000
export const day = 24 * 60 * minute

/** A tenant with its own app and one connected mailbox, watched and at rest. */
export async function connected(options: Parameters<typeof createWorld>[0] = {}): Promise<{ world: World; connectionId: string }> {
  const world = createWorld(options)
  await setUpGoogle(world)
  return { world, connectionId: await connectGmail(world) }
}

type Serve = (request: Request) => Promise<Response>

/** Lets a test act while a call is on its way to Google, or answer in Google's place. */
export function intercept(world: Pick<World, 'sandbox'>, act: (request: Request, serve: Serve, url: URL) => Promise<Response>): void {
  const serve: Serve = world.sandbox.fetch
  Object.assign(world.sandbox, { fetch: (request: Request) => act(request, serve, new URL(request.url)) })
}

/** Lets time pass in steps, with upkeep at each. */
export async function live(world: Pick<World, 'sandbox' | 'settle'>, span: number, step = minute): Promise<void> {
  for (let passed = 0; passed < span; passed += step) {
    await world.sandbox.clock.advance(Math.min(step, span - passed))
    await world.settle()
  }
}

export function eventsOf<Type extends TenantryEvent['type']>(
  { events }: Pick<TestTenantry, 'events'>,
  type: Type,
): Extract<TenantryEvent, { type: Type }>[] {
  return events.filter((event): event is Extract<TenantryEvent, { type: Type }> => event.type === type)
}

/** What a test that walks at random prints, so that a failure can be walked again. */
export function seedOf(name: string): number {
  const given = Number(process.env['TENANTRY_SEED'] ?? Number.NaN)
  const seed = Number.isInteger(given) ? given : Date.now() % 2 ** 31
  process.stderr.write(`${name}: TENANTRY_SEED=${seed}\n`)
  return seed
}

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export function createDice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
