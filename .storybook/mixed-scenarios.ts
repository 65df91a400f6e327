import { complete, connectCalendar, connectGmail, setUpGoogle, setUpMicrosoft, testPrincipal as principal } from '@tenantry/sdk/testing'
import type { StoryWorld } from './create-story-world.ts'

const hour = 3_600_000
const person = 'dana@acme.test'
const { tenantId } = principal

type Settings = Parameters<StoryWorld['sdk']['sharedMailbox']['connect']>[0]['settings']

/** Both vendors after some weeks: most works, one mailbox has no Full Access, IMAP is off for another, one is paused. */
export async function mixedVendors(world: StoryWorld): Promise<void> {
  await connectAll(world)
}

/** The same, and then somebody deleted the app in Microsoft Entra: what is Google's works on. */
export async function microsoftAppBroken(world: StoryWorld): Promise<void> {
  const { microsoftClientId } = await connectAll(world)
  world.sandbox.microsoft.deleteApp(microsoftClientId)
  for (let hours = 0; hours < 3; hours += 1) {
    await world.sandbox.clock.advance(hour)
    await world.settle()
  }
}

/** Three hundred connections of every kind. Connected one by one they would take minutes: they are copies of the rows of those that are. */
export async function mixedWhale(world: StoryWorld): Promise<void> {
  await connectAll(world)
  const { connections } = await world.sdk.connections.list({ principal })
  const rows = await Promise.all(connections.map(({ id }) => world.store.connections.get(tenantId, id)))
  for (let count = rows.length + 1; count <= 300; count += 1) {
    const row = rows[count % rows.length]
    if (row === undefined || row === null) throw new Error('a connection is gone')
    const number = String(count).padStart(3, '0')
    const account = { subject: `subject-${number}`, address: `box-${number}@acme.test` }
    const settings = 'mailbox' in row.settings ? { ...row.settings, mailbox: account.address } : row.settings
    await world.store.connections.insert({ ...row, id: `${row.id}_${number}`, name: `${row.name} ${number}`, account, settings })
  }
}

async function connectAll(world: StoryWorld): Promise<{ readonly microsoftClientId: string }> {
  const { microsoft } = world.sandbox
  await setUpGoogle(world, { projectId: 'acme-mail-473210' })
  await connectGmail(world)
  await connectCalendar(world)
  const { directoryId } = microsoft.createDirectory({ domain: 'acme.test' })
  microsoft.createUser({ address: person, name: 'Dana' })
  for (const name of ['sales', 'billing', 'press', 'jobs'])
    microsoft.createSharedMailbox({ address: `${name}@acme.test`, name, members: [person] })
  const { clientId } = await setUpMicrosoft(world, { directoryId })
  await connectMailbox(world, { name: 'Sales', mailbox: 'sales@acme.test', send: 'graph', receive: 'delta' })
  microsoft.revokeAccess({ mailbox: 'billing@acme.test', from: person })
  await connectMailbox(world, { name: 'Billing', mailbox: 'billing@acme.test', send: 'graph', receive: 'delta' })
  microsoft.setImap('press@acme.test', false)
  await connectMailbox(world, { name: 'Press', mailbox: 'press@acme.test', send: 'relay', receive: 'imap' })
  const paused = await connectMailbox(world, { name: 'Jobs', mailbox: 'jobs@acme.test', send: 'smtp', receive: 'imap' })
  microsoft.deliverMail('sales@acme.test', { from: 'kim@customer.test', subject: 'Offer', text: 'How much is it?' })
  await world.sandbox.clock.advance(2 * 60_000)
  await world.settle()
  await world.sdk.sharedMailbox.update({ principal, connectionId: paused, changes: { paused: true } })
  return { microsoftClientId: clientId }
}

async function connectMailbox(world: StoryWorld, settings: Settings): Promise<string> {
  const begun = await world.sdk.sharedMailbox.connect({ principal, settings })
  const { redirectTo } = world.sandbox.microsoft.grantConsent({ authorizationUrl: begun.authorizationUrl, address: person })
  await complete(world, begun, redirectTo)
  await world.settle()
  return begun.connectionId
}
