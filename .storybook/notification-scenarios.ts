import { connectGmail, createGoogleApp, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import type { GoogleSetup } from '@tenantry/sdk/testing'
import type { StoryWorld } from './create-story-world.ts'
import { connectedGmail } from './scenarios.ts'

const projectId = 'acme-mail-473210'
const address = 'support@acme.test'
const minute = 60_000

const replace = (value: string) => ({ action: 'replace', value }) as const

// Pub/Sub

/** The project and the client are saved; mail is to be announced in the way that the tenant sets up alone. */
export async function byHand(world: StoryWorld): Promise<void> {
  const app = await createGoogleApp(world, { projectId })
  await saveByHand(world, app)
}

/** What the tenant set up alone works: a mailbox is connected, and its first notification has arrived. */
export async function byHandInUse(world: StoryWorld): Promise<void> {
  const app = await setUpGoogle(world, { projectId })
  await world.sdk.google.provision({ principal })
  // The same topic and subscription, looked after by the tenant from now on.
  await saveByHand(world, app, { pushServiceAccount: (JSON.parse(app.serviceAccountKey) as { client_email: string }).client_email })
  await connectGmail(world)
  await world.sandbox.clock.advance(minute)
}

/** It worked, and then nothing that Google sends gets through any more. */
export async function byHandSilent(world: StoryWorld): Promise<void> {
  await byHandInUse(world)
  world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
}

/** The key is saved; Google has been asked for nothing yet, and will never answer one of the questions. */
export async function slowToProvision(world: StoryWorld): Promise<void> {
  await setUpGoogle(world, { projectId })
  world.sandbox.faults.add({ operation: 'pubsub.subscriptions.create', kind: 'hang' })
}

/** The key may do everything but grant Gmail the right to publish. */
export async function mayNotGrant(world: StoryWorld): Promise<void> {
  const app = await createGoogleApp(world, { projectId })
  const account = await world.sandbox.google.createServiceAccount({
    projectId,
    name: 'pubsub-narrow',
    permissions: ['pubsub.topics.create', 'pubsub.topics.get', 'pubsub.topics.getIamPolicy'],
  })
  await save(world, { ...app, serviceAccountKey: account.keyJson() })
  await world.sdk.google.provision({ principal })
}

/** A policy of the tenant's organization refuses Gmail's account. */
export async function domainRestricted(world: StoryWorld): Promise<void> {
  await setUpGoogle(world, { projectId })
  world.sandbox.google.setOrgPolicy(projectId, { domainRestrictedSharing: true })
  await world.sdk.google.provision({ principal })
}

/** Everything at Google is as it should be. */
export async function provisioned(world: StoryWorld): Promise<void> {
  await setUpGoogle(world, { projectId })
  await world.sdk.google.provision({ principal })
}

async function save(world: StoryWorld, { clientId, clientSecret, serviceAccountKey }: GoogleSetup): Promise<void> {
  await world.sdk.google.save({
    principal,
    changes: {
      notifications: 'managed',
      userType: 'external',
      projectId: replace(projectId),
      clientId: replace(clientId),
      clientSecret: replace(clientSecret),
      serviceAccountKey: replace(serviceAccountKey),
    },
  })
}

async function saveByHand(
  world: StoryWorld,
  { clientId, clientSecret }: GoogleSetup,
  names: { pushServiceAccount?: string } = {},
): Promise<void> {
  await world.sdk.google.save({
    principal,
    changes: {
      notifications: 'manual',
      userType: 'external',
      projectId: replace(projectId),
      clientId: replace(clientId),
      clientSecret: replace(clientSecret),
      ...names,
    },
  })
}

// Labels

/** A mailbox with labels of its own, some inside others. */
export async function labelled(world: StoryWorld): Promise<string> {
  for (const name of [
    'Clients',
    'Clients/Acme',
    'Clients/Globex',
    'Clients/Globex/Urgent',
    'Internal',
    'Orders 2',
    'Orders 10',
    'Returns',
    'Suppliers',
  ])
    world.sandbox.google.createLabel(address, name)
  return connectedGmail(world)
}

/** A label is asked for that the mailbox does not have, so no mail is imported at all. */
export async function labelGone(world: StoryWorld): Promise<string> {
  const connectionId = await labelled(world)
  await world.sdk.gmail.update({ principal, connectionId, changes: { settings: { labelIds: ['INBOX', 'Help'] } } })
  await world.settle()
  return connectionId
}

/** Gmail does not say which labels there are. */
export async function labelsUnreadable(world: StoryWorld): Promise<string> {
  const connectionId = await labelled(world)
  world.sandbox.faults.add({ operation: 'gmail.labels.list', kind: 'status', status: 503 })
  return connectionId
}
