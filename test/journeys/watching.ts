import type { MessageReceived } from '@tenantry/sdk'
import { testPrincipal as principal } from '@tenantry/sdk/testing'
import type { TestTenantry } from '@tenantry/sdk/testing'
import type { World } from './create-world.ts'

export const hour = 60 * 60_000
export const mail = (subject: string) => ({ from: 'customer@example.test', subject, text: `text of ${subject}` })

/** Subjects of the mail that the host got, in order. */
export const subjects = ({ events }: Pick<TestTenantry, 'events'>) =>
  events.filter((event): event is MessageReceived => event.type === 'message.received').map(({ message }) => message.subject)
/** Operations that were called at the sandbox, in order. */
export const calls = ({ sandbox }: World, pattern: RegExp) =>
  sandbox.requests.map(({ operation }) => operation).filter((name) => pattern.test(name))
/** Those that changed something in Pub/Sub. */
export const writes = (world: World) => calls(world, /^pubsub\.(?!.*\.get)/)
export const health = async (world: World, connectionId: string) => (await world.sdk.gmail.get({ principal, connectionId })).health
export const provisioning = async (world: TestTenantry) => (await world.sdk.google.status({ principal })).provisioning
/** Each step of provisioning with its state, or with the code that it failed with. */
export const stepsOf = async (world: TestTenantry) =>
  Object.fromEntries(((await provisioning(world))?.steps ?? []).map(({ id, state, code }) => [id, code ?? state]))
export const pass = async (world: World, ms: number) => {
  await world.sandbox.clock.advance(ms)
  await world.settle()
}
