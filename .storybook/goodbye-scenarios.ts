import { connectCalendar, connectGmail, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import type { StoryWorld } from './create-story-world.ts'
import { connectedGmail } from './scenarios.ts'

const hour = 3_600_000
const day = 24 * hour
const projectId = 'acme-mail-473210'

/** Google does not confirm that a grant was taken back. */
export async function revokeFails(world: StoryWorld): Promise<string> {
  const connectionId = await connectedGmail(world)
  world.sandbox.faults.add({ operation: 'oauth.revoke', kind: 'status', status: 503 })
  return connectionId
}

/** Google does not take word that its notifications are not wanted any more. */
export async function stopFails(world: StoryWorld): Promise<string> {
  const connectionId = await connectedGmail(world)
  world.sandbox.faults.add({ operation: 'gmail.stop', kind: 'status', status: 503 })
  return connectionId
}

/** Disconnected some minutes ago, and Google still does not answer: it is told again and again. */
export async function goodbyePending(world: StoryWorld): Promise<string> {
  const connectionId = await revokeFails(world)
  await world.sdk.gmail.disconnect({ principal, connectionId })
  await wait(world, 10)
  return connectionId
}

/** Disconnected, and Google did not confirm for a week. */
export async function goodbyeGivenUp(world: StoryWorld): Promise<string> {
  const connectionId = await goodbyePending(world)
  await world.sandbox.clock.advance(7 * day + hour)
  await world.settle()
  return connectionId
}

/** A mailbox and a calendar of one account: one sign-in for Google. */
export async function sharedSignIn(world: StoryWorld): Promise<string> {
  const connectionId = await connectedGmail(world)
  await connectCalendar(world, { address: 'support@acme.test' })
  return connectionId
}

/** An admin ended all connections of the tenant. */
export async function endedByReset(world: StoryWorld): Promise<string> {
  const connectionId = await connectedGmail(world)
  await world.sdk.google.reset({ principal, credentials: 'keep' })
  return connectionId
}

/** The same, and Google has not confirmed it yet. */
export async function resetUnconfirmed(world: StoryWorld): Promise<string> {
  const connectionId = await revokeFails(world)
  await world.sdk.google.reset({ principal, credentials: 'keep' })
  await wait(world, 10)
  return connectionId
}

/** Four mailboxes and two calendars, each of an account of its own. */
export async function sixInUse(world: StoryWorld): Promise<void> {
  await setUpGoogle(world, { projectId })
  const names = ['Sales', 'Billing', 'Archive', 'Rota']
  for (const name of names) world.sandbox.google.createAccount({ address: `${name.toLowerCase()}@acme.test`, name })
  await connectGmail(world)
  for (const name of names.slice(0, 3)) await connectGmail(world, { address: `${name.toLowerCase()}@acme.test`, name })
  await connectCalendar(world)
  await connectCalendar(world, { address: 'rota@acme.test', name: 'Rota' })
}

/** Reset while Google takes no word about calendars: four of six are told. */
export async function resetPartly(world: StoryWorld): Promise<void> {
  await sixInUse(world)
  world.sandbox.faults.add({ operation: 'calendar.channels.stop', kind: 'status', status: 503 })
  await world.sdk.google.reset({ principal, credentials: 'keep' })
  await wait(world, 10)
}

/** The same a week later: nobody tries any more. */
export async function resetGivenUp(world: StoryWorld): Promise<void> {
  await resetPartly(world)
  await world.sandbox.clock.advance(7 * day + hour)
  await world.settle()
}

/** Google answers again, and it is time to try: what was left is told. */
export async function googleIsBack(world: StoryWorld): Promise<void> {
  world.sandbox.faults.clear()
  await world.sandbox.clock.advance(hour)
  await world.settle()
}

async function wait(world: StoryWorld, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    await world.sandbox.clock.advance(60_000)
    await world.settle()
  }
}
