import type { Action } from '@tenantry/sdk/ports'
import { connectCalendar, connectGmail, createGoogleApp, setUpGoogle, signIn, testPrincipal as principal } from '@tenantry/sdk/testing'
import type { GoogleSetup } from '@tenantry/sdk/testing'
import type { StoryWorld } from './create-story-world.ts'

const hour = 3_600_000
const day = 24 * hour
const projectId = 'acme-mail-473210'
const address = 'support@acme.test'

/** What only the tenant's admin may do. */
const adminActions: readonly Action[] = ['google.save', 'google.test', 'google.reset']

// The tenant's own app

/** Nothing is saved yet. */
export async function notConfigured(): Promise<void> {}

/** The project is chosen; everything else is still to do. */
export async function partly(world: StoryWorld): Promise<void> {
  const app = await createGoogleApp(world, { projectId })
  await world.sdk.google.save({ principal, changes: { userType: 'external', projectId: { action: 'replace', value: app.projectId } } })
}

/** Everything is saved. */
export async function configured(world: StoryWorld): Promise<void> {
  await setUpGoogle(world, { projectId })
}

/** Everything is saved, and both kinds of connection work. */
export async function inUse(world: StoryWorld): Promise<void> {
  await setUpGoogle(world, { projectId })
  await connectGmail(world)
  await connectCalendar(world)
}

/** The app is in Testing, so Google ends each sign-in after seven days. */
export async function signInEndsSoon(world: StoryWorld): Promise<string> {
  await setUpGoogle(world, { projectId, publishing: 'testing' })
  const connectionId = await connectGmail(world)
  await world.sandbox.clock.advance(5 * day)
  await world.settle()
  return connectionId
}

/** Somebody deleted the OAuth client in Google's console after it was saved. */
export async function clientDeleted(world: StoryWorld): Promise<void> {
  const { clientId } = await setUpGoogle(world, { projectId })
  world.sandbox.google.deleteClient(clientId)
}

/** In use, then the key was deleted and the secret replaced in Google's console, and not here. */
export async function appOutdated(world: StoryWorld): Promise<void> {
  const app = await setUpGoogle(world, { projectId })
  await connectGmail(world)
  world.sandbox.google.deleteServiceAccountKeys(JSON.parse(app.serviceAccountKey).client_email)
  world.sandbox.google.rotateSecret(app.clientId)
}

/** Calendar has an OAuth client of its own. */
export async function separateClients(world: StoryWorld): Promise<void> {
  const app = await setUpGoogle(world, { projectId })
  const { clientId, clientSecret } = world.sandbox.google.createClient({
    projectId: app.projectId,
    redirectUris: [`${world.sdk.baseUrl}/api/auth/google/calendar/callback`],
  })
  const replace = (value: string) => ({ action: 'replace', value }) as const
  await world.sdk.google.save({
    principal,
    changes: { calendarMode: 'separate', calendarClientId: replace(clientId), calendarClientSecret: replace(clientSecret) },
  })
}

/** New mail is looked for every few minutes, because the tenant chose so. */
export async function polling(world: StoryWorld): Promise<void> {
  await setUpGoogle(world, { projectId, notifications: 'polling' })
}

// Who may do what, and what does not answer

/** The person may look, and not change. */
export function seenByMember(scenario: (world: StoryWorld) => Promise<void | string>) {
  return async (world: StoryWorld): Promise<void | string> => {
    const connectionId = await scenario(world)
    world.surroundings.denied = adminActions
    return connectionId
  }
}

/** The person may not even look. */
export async function forbidden(world: StoryWorld): Promise<void> {
  world.surroundings.denied = ['google.read', ...adminActions]
}

/** The secret store does not answer, so nobody can say what is set up. */
export async function storeDown(world: StoryWorld): Promise<void> {
  await configured(world)
  world.surroundings.secretsDown = true
}

/** Answers take longer than anyone waits. */
export async function slow(world: StoryWorld): Promise<void> {
  world.surroundings.held = ['GET /google']
}

/** Another admin saves while the form is open. */
export async function saveAsColleague(world: StoryWorld): Promise<void> {
  const colleague = { ...principal, userId: 'kim', displayName: 'Kim' }
  await world.sandbox.clock.advance(2 * 60_000)
  await world.sdk.google.save({ principal: colleague, changes: { clientSecret: { action: 'replace', value: 'GOCSPX-EXAMPLE_by_kim' } } })
}

// Connections

/** A mailbox that works, with mail that has arrived. */
export async function connectedGmail(world: StoryWorld): Promise<string> {
  await setUpGoogle(world, { projectId })
  const connectionId = await connectGmail(world)
  world.sandbox.google.deliverMail(address, { from: 'kim@customer.test', subject: 'Printer', text: 'It is on fire.' })
  await world.settle()
  await world.sandbox.clock.advance(4 * 60_000)
  return connectionId
}

/** A mailbox that works, seen from a page that has lost its connection. */
export async function outOfReach(world: StoryWorld): Promise<string> {
  const connectionId = await connectedGmail(world)
  world.surroundings.offline = true
  return connectionId
}

/** A calendar that works. */
export async function connectedCalendar(world: StoryWorld): Promise<string> {
  await setUpGoogle(world, { projectId })
  return await connectCalendar(world)
}

/** Signed in a moment ago; the watch and the first import are still to come. */
export async function settingUp(world: StoryWorld): Promise<string> {
  await setUpGoogle(world, { projectId })
  return signInOnly(world)
}

/** Started, and never finished in Google. */
export async function unfinished(world: StoryWorld): Promise<string> {
  await setUpGoogle(world, { projectId })
  const { connectionId } = await world.sdk.gmail.connect({ principal, settings: { name: 'Support', mailbox: address } })
  return connectionId
}

/** The person took the access back in the Google account; the next refresh finds out. */
export async function needsReauth(world: StoryWorld): Promise<string> {
  return gmailAfter(world, ({ clientId }) => world.sandbox.google.revokeGrant(address, clientId))
}

/** The app is in Testing and seven days are over. */
export async function testingExpired(world: StoryWorld): Promise<string> {
  const connectionId = await signInEndsSoon(world)
  await world.sandbox.clock.advance(2 * day + hour)
  await world.settle()
  // One refusal is not believed.
  await world.sandbox.clock.advance(12_000)
  await world.settle()
  return connectionId
}

/** The secret was replaced in Google's console, and not here: one fault of the app, not of each connection. */
export async function blockedByApp(world: StoryWorld): Promise<string> {
  return gmailAfter(world, ({ clientId }) => world.sandbox.google.rotateSecret(clientId))
}

/** Google answers with errors for hours. */
export async function googleDown(world: StoryWorld): Promise<string> {
  return gmailAfter(world, () => world.sandbox.faults.add({ operation: /^gmail\./, kind: 'status', status: 503 }))
}

/** The account signed in, and the first look at the mailbox was refused: the Gmail API is off in the tenant's project. */
export async function apiDisabled(world: StoryWorld): Promise<string> {
  await setUpGoogle(world, { projectId })
  world.sandbox.google.setApi(projectId, 'gmail', false)
  return signInOnly(world)
}

/** A policy of the tenant's organization keeps Gmail from announcing new mail. */
export async function notAnnounced(world: StoryWorld): Promise<string> {
  await setUpGoogle(world, { projectId })
  world.sandbox.google.setOrgPolicy(projectId, { domainRestrictedSharing: true })
  return await connectGmail(world)
}

/** New mail is looked for every few minutes: healthy, only slower. */
export async function pollingGmail(world: StoryWorld): Promise<string> {
  await polling(world)
  return await connectGmail(world)
}

/** Google does not announce changes of this calendar, so it is checked regularly. */
export async function pollingFallback(world: StoryWorld): Promise<string> {
  await setUpGoogle(world, { projectId })
  const { id } = world.sandbox.google.createCalendar('dana@acme.test', { summary: 'Holidays', pushable: false })
  const begun = await world.sdk.calendar.connect({ principal, settings: { name: 'Holidays', calendarId: id, direction: 'from_google' } })
  await signIn(world, begun, { address: 'dana@acme.test' })
  await world.settle()
  return begun.connectionId
}

export async function paused(world: StoryWorld): Promise<string> {
  const connectionId = await connectedGmail(world)
  await world.sdk.gmail.update({ principal, connectionId, changes: { paused: true } })
  return connectionId
}

export async function disconnected(world: StoryWorld): Promise<string> {
  const connectionId = await connectedGmail(world)
  await world.sdk.gmail.disconnect({ principal, connectionId })
  return connectionId
}

/** A working mailbox, then something happens in Google, then long enough for the next refresh and its retries. */
async function gmailAfter(world: StoryWorld, happen: (app: GoogleSetup) => unknown): Promise<string> {
  const app = await setUpGoogle(world, { projectId })
  const connectionId = await connectGmail(world)
  happen(app)
  for (let hours = 0; hours < 3; hours += 1) {
    await world.sandbox.clock.advance(hour)
    await world.settle()
  }
  return connectionId
}

async function signInOnly(world: StoryWorld): Promise<string> {
  const begun = await world.sdk.gmail.connect({ principal, settings: { name: 'Support', mailbox: address } })
  await signIn(world, begun, { address })
  return begun.connectionId
}
