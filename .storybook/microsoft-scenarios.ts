import type { Action } from '@tenantry/sdk/ports'
import { changesForMicrosoft, complete, createMicrosoftApp, setUpMicrosoft, testPrincipal as principal } from '@tenantry/sdk/testing'
import { isAdminConsent } from './is-admin-consent.ts'
import type { StoryWorld } from './create-story-world.ts'

const day = 86_400_000
const mailbox = 'sales@acme.test'
const person = 'dana@acme.test'

type Send = 'graph' | 'smtp' | 'relay'
type Receive = 'delta' | 'imap' | 'webhook'

export interface MailboxSettings {
  readonly send?: Send
  readonly receive?: Receive
  /** Whose Microsoft app signs in; the host's only in a world that has one. */
  readonly app?: 'own' | 'host'
  /** What becomes of a message that Graph does not take. */
  readonly oversize?: 'refuse' | 'smtp'
}

/** What only the tenant's admin may do. */
const adminActions: readonly Action[] = ['microsoft.save', 'microsoft.test', 'microsoft.reset']

// The tenant's own app

/** The organization's directory with a person and a shared mailbox of which they are a member; its app is saved. */
export async function microsoftConfigured(world: StoryWorld): Promise<void> {
  await setUpMicrosoft(world, { directoryId: createOrganization(world) })
}

/** The organization's directory, in which nobody has registered an app. */
export async function withoutOwnApp(world: StoryWorld): Promise<void> {
  createOrganization(world)
}

/** The app's IDs are saved; the secret is still to come. */
export async function microsoftPartly(world: StoryWorld): Promise<void> {
  const { directoryId, clientId } = changesForMicrosoft(createMicrosoftApp(world, { directoryId: createOrganization(world) }))
  await world.sdk.microsoft.save({ principal, changes: { ...(directoryId && { directoryId }), ...(clientId && { clientId }) } })
}

/** The secret ends in twelve days. */
export async function secretEnding(world: StoryWorld): Promise<void> {
  await microsoftConfigured(world)
  const endsOn = new Date(world.sandbox.clock.now() + 12 * day).toISOString().slice(0, 10)
  await world.sdk.microsoft.save({ principal, changes: { secretExpiresOn: endsOn } })
}

/** Somebody deleted the app in Microsoft Entra after it was saved. */
export async function appDeleted(world: StoryWorld): Promise<void> {
  const app = await setUpMicrosoft(world, { directoryId: createOrganization(world) })
  world.sandbox.microsoft.deleteApp(app.clientId)
}

/** Everything is saved, and a mailbox is connected. */
export async function microsoftInUse(world: StoryWorld): Promise<void> {
  await connectedMailbox(world)
}

/** The person may look, and not change. */
export function seenByMailMember(scenario: (world: StoryWorld) => Promise<void | string>) {
  return async (world: StoryWorld): Promise<void | string> => {
    const connectionId = await scenario(world)
    world.surroundings.denied = adminActions
    return connectionId
  }
}

/** The person may not even look. */
export async function microsoftForbidden(world: StoryWorld): Promise<void> {
  world.surroundings.denied = ['microsoft.read', ...adminActions]
}

/** The secret store does not answer, so nobody can say what is set up. */
export async function microsoftStoreDown(world: StoryWorld): Promise<void> {
  await microsoftConfigured(world)
  world.surroundings.secretsDown = true
}

/** Answers take longer than anyone waits. */
export async function microsoftSlow(world: StoryWorld): Promise<void> {
  world.surroundings.held = ['GET /microsoft']
}

/** Another admin saves while the form is open. */
export async function saveMicrosoftAsColleague(world: StoryWorld): Promise<void> {
  const colleague = { ...principal, userId: 'kim', displayName: 'Kim' }
  await world.sandbox.clock.advance(2 * 60_000)
  await world.sdk.microsoft.save({ principal: colleague, changes: { secretExpiresOn: '2028-01-31' } })
}

// Shared mailboxes

/** A mailbox that works, with mail that has arrived. */
export async function connectedMailbox(world: StoryWorld, settings: MailboxSettings = {}): Promise<string> {
  await microsoftConfigured(world)
  const connectionId = await connectMailbox(world, settings)
  world.sandbox.microsoft.deliverMail(mailbox, { from: 'kim@customer.test', subject: 'Offer', text: 'How much is it?' })
  await world.sandbox.clock.advance(2 * 60_000)
  await world.settle()
  return connectionId
}

/** The same, read and sent from in a certain way. */
export const connectedBy = (settings: MailboxSettings) => (world: StoryWorld) => connectedMailbox(world, settings)

/** Signed in, and then something about the mailbox or the person is not as it has to be. */
export function mailboxWhere(happen: (world: StoryWorld) => void, settings: MailboxSettings = {}) {
  return async (world: StoryWorld): Promise<string> => {
    await microsoftConfigured(world)
    happen(world)
    return connectMailbox(world, settings)
  }
}

/** Nobody gave the person Full Access. */
export const noFullAccess = mailboxWhere(({ sandbox }) => sandbox.microsoft.revokeAccess({ mailbox, from: person }))

/** The mailbox that was typed is another organization's. */
export const otherDirectory = async (world: StoryWorld): Promise<string> => {
  await microsoftConfigured(world)
  const { microsoft } = world.sandbox
  microsoft.createDirectory({ domain: 'elsewhere.test' })
  microsoft.createSharedMailbox({ address: 'sales@elsewhere.test' })
  return connectMailbox(world, {}, 'sales@elsewhere.test')
}

/** The mailbox that was typed is a group. */
export const isGroup = async (world: StoryWorld): Promise<string> => {
  await microsoftConfigured(world)
  world.sandbox.microsoft.createGroup({ address: 'team@acme.test' })
  return connectMailbox(world, {}, 'team@acme.test')
}

/** A person's mailbox without a licence: Graph does not open it. */
export const unlicensed = async (world: StoryWorld): Promise<string> => {
  await microsoftConfigured(world)
  const { microsoft } = world.sandbox
  microsoft.createUser({ address: 'office@acme.test', licensed: false })
  microsoft.grantAccess({ mailbox: 'office@acme.test', to: person, fullAccess: true, sendAs: true })
  return connectMailbox(world, {}, 'office@acme.test')
}

/** The organization has authenticated SMTP off for the person. */
export const smtpOff = mailboxWhere(({ sandbox }) => sandbox.microsoft.setSmtpAuth(person, false), { send: 'smtp', receive: 'imap' })

/** The same for a mailbox that sends by Graph, where SMTP is for large messages only. */
export const smtpOffForOversize = mailboxWhere(({ sandbox }) => sandbox.microsoft.setSmtpAuth(person, false), { oversize: 'smtp' })

/** IMAP is off for the mailbox. */
export const imapOff = mailboxWhere(({ sandbox }) => sandbox.microsoft.setImap(mailbox, false), { send: 'smtp', receive: 'imap' })

/** The same, where replies leave through the host's own mail API. */
export const relayImapOff = mailboxWhere(({ sandbox }) => sandbox.microsoft.setImap(mailbox, false), { send: 'relay', receive: 'imap' })

/** The person may open the mailbox, and not send as it. */
export const noSendAs = mailboxWhere(({ sandbox }) => sandbox.microsoft.revokeAccess({ mailbox, from: person, sendAs: true }), {
  send: 'smtp',
  receive: 'imap',
})

/** Signed in a moment ago: opening the mailbox and the first import are still to come. */
export async function mailboxSettingUp(world: StoryWorld): Promise<string> {
  await microsoftConfigured(world)
  return signInFor(world)
}

/** An administrator took the approval back, and people may not agree for themselves: the next refresh finds out. */
export async function approvalTakenBack(world: StoryWorld): Promise<string> {
  const directoryId = createOrganization(world)
  const { clientId } = await setUpMicrosoft(world, { directoryId })
  const connectionId = await connectMailbox(world)
  world.sandbox.microsoft.setUserConsent(directoryId, 'admin_only')
  world.sandbox.microsoft.revokeGrant(person, clientId)
  await passHours(world)
  return connectionId
}

export async function mailboxPaused(world: StoryWorld): Promise<string> {
  const connectionId = await connectedMailbox(world)
  await world.sdk.sharedMailbox.update({ principal, connectionId, changes: { paused: true } })
  return connectionId
}

/** The password was changed: the next refresh finds out. */
export async function mailboxNeedsReauth(world: StoryWorld): Promise<string> {
  const connectionId = await connectedMailbox(world)
  world.sandbox.microsoft.revokeSessions(person)
  await passHours(world)
  return connectionId
}

/** The app was deleted in Entra: one fault of the app, not of each mailbox. */
export async function mailboxBlockedByApp(world: StoryWorld): Promise<string> {
  const app = await setUpMicrosoft(world, { directoryId: createOrganization(world) })
  const connectionId = await connectMailbox(world)
  world.sandbox.microsoft.deleteApp(app.clientId)
  await passHours(world)
  return connectionId
}

/** The organization lets only administrators agree to permissions. */
export async function onlyAdminsConsent(world: StoryWorld): Promise<void> {
  const directoryId = createOrganization(world)
  await setUpMicrosoft(world, { directoryId })
  world.sandbox.microsoft.setUserConsent(directoryId, 'admin_only')
}

function createOrganization({ sandbox: { microsoft } }: StoryWorld): string {
  const { directoryId } = microsoft.createDirectory({ domain: 'acme.test' })
  microsoft.createUser({ address: person, name: 'Dana' })
  microsoft.createSharedMailbox({ address: mailbox, name: 'Sales', members: [person] })
  return directoryId
}

async function connectMailbox(world: StoryWorld, settings?: MailboxSettings, address?: string): Promise<string> {
  const connectionId = await signInFor(world, settings, address)
  await world.settle()
  return connectionId
}

/** What a person does in the form and in Microsoft's window, and nothing of what the server does afterwards. */
async function signInFor(world: StoryWorld, settings: MailboxSettings = {}, address = mailbox): Promise<string> {
  const begun = await world.sdk.sharedMailbox.connect({ principal, settings: { name: 'Sales', mailbox: address, ...settings } })
  await complete(world, begun, agreeAtMicrosoft(world, begun.authorizationUrl))
  return begun.connectionId
}

/** Where Microsoft sends the browser of a person who signs in, or of an administrator who approves what the app does by itself. */
function agreeAtMicrosoft({ sandbox: { microsoft } }: StoryWorld, authorizationUrl: string): string {
  return isAdminConsent(authorizationUrl)
    ? microsoft.grantAdminConsent({ adminConsentUrl: authorizationUrl }).redirectTo
    : microsoft.grantConsent({ authorizationUrl, address: person }).redirectTo
}

async function passHours(world: StoryWorld): Promise<void> {
  for (let hours = 0; hours < 3; hours += 1) {
    await world.sandbox.clock.advance(3_600_000)
    await world.settle()
  }
}
