import { connectCalendar, connectGmail, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import type { Action } from '@tenantry/sdk/ports'
import type { StoryWorld } from './create-story-world.ts'
import { connectedGmail } from './scenarios.ts'

const hour = 3_600_000
const day = 24 * hour
const projectId = 'acme-mail-473210'

/** Everything that changes a connection. */
const changes: readonly Action[] = [
  'connection.connect',
  'connection.update',
  'connection.reconnect',
  'connection.disconnect',
  'connection.remove',
  'connection.sync',
  'connection.diagnose',
  'google.save',
  'google.test',
  'google.reset',
]

/** The background jobs stood still for so long: nobody renewed the watch. */
export function jobsStoodStill(days: number) {
  return async (world: StoryWorld): Promise<string> => {
    const connectionId = await connectedGmail(world)
    await world.sandbox.clock.advance(days * day)
    return connectionId
  }
}

/** One of three messages cannot be read, however often it is tried. */
export async function messageSetAside(world: StoryWorld): Promise<string> {
  const connectionId = await connectedGmail(world)
  const { google, faults, clock } = world.sandbox
  const poisoned = google.deliverMail('support@acme.test', { from: 'kim@customer.test', subject: 'Broken', text: 'EXAMPLE' })
  faults.add({ operation: 'gmail.messages.get', path: poisoned.id, kind: 'status', status: 500 })
  google.deliverMail('support@acme.test', { from: 'kim@customer.test', subject: 'Fine', text: 'EXAMPLE' })
  for (let tries = 0; tries < 8; tries += 1) {
    await world.settle()
    await clock.advance(hour / 2)
  }
  await world.settle()
  return connectionId
}

/** The secret was replaced in Google's console: every connection of the app stands still. */
export async function allBlockedByApp(world: StoryWorld): Promise<void> {
  const { clientId } = await setUpGoogle(world, { projectId })
  await connectGmail(world)
  await connectCalendar(world)
  world.sandbox.google.rotateSecret(clientId)
  for (let hours = 0; hours < 3; hours += 1) {
    await world.sandbox.clock.advance(hour)
    await world.settle()
  }
}

/** A tenant after some weeks: most works, one grant is dead, one is paused, one is over, one is polled. */
export async function mixed(world: StoryWorld): Promise<void> {
  const { google, clock } = world.sandbox
  const { clientId } = await setUpGoogle(world, { projectId })
  for (const name of ['sales', 'billing', 'archive']) google.createAccount({ address: `${name}@acme.test`, name })
  await connectGmail(world)
  await connectGmail(world, { address: 'sales@acme.test', name: 'Sales' })
  const billing = await connectGmail(world, { address: 'billing@acme.test', name: 'Billing' })
  const archive = await connectGmail(world, { address: 'archive@acme.test', name: 'Archive' })
  await connectCalendar(world)
  google.revokeGrant('sales@acme.test', clientId)
  for (let hours = 0; hours < 3; hours += 1) {
    await clock.advance(hour)
    await world.settle()
  }
  google.deliverMail('support@acme.test', { from: 'kim@customer.test', subject: 'Printer', text: 'It is on fire.' })
  await world.settle()
  await world.sdk.gmail.update({ principal, connectionId: billing, changes: { paused: true } })
  await world.sdk.gmail.disconnect({ principal, connectionId: archive })
  await clock.advance(4 * 60_000)
}

/** Two hundred mailboxes. Connected one by one they would take minutes: one is, the others are copies of its row. */
export async function twoHundred(world: StoryWorld): Promise<void> {
  const connectionId = await connectedGmail(world)
  const first = await world.store.connections.get(principal.tenantId, connectionId)
  if (first === null) throw new Error('the connection is gone')
  for (let count = 2; count <= 200; count += 1) {
    const number = String(count).padStart(3, '0')
    const account = { subject: `subject-${number}`, address: `box-${number}@acme.test` }
    const status = count % 50 === 0 ? 'paused' : 'connected'
    await world.store.connections.insert({ ...first, id: `${first.id}_${number}`, name: `Box ${number}`, account, status })
  }
}

/** The person may look at connections, and change none. */
export function seenByReader(scenario: (world: StoryWorld) => Promise<void | string>) {
  return async (world: StoryWorld): Promise<void | string> => {
    const connectionId = await scenario(world)
    world.surroundings.denied = changes
    return connectionId
  }
}
