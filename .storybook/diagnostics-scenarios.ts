import { createWebCrypto } from '@tenantry/sdk/crypto'
import type { PubSubGateway, PubSubSubscription } from '@tenantry/sdk/ports'
import { connectCalendar, connectGmail, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import type { StoryWorld } from './create-story-world.ts'

const day = 24 * 3_600_000
const projectId = 'acme-mail-473210'

/** In use for longer than Google lets sign-ins of an app in Testing live, so nothing is left to prove. */
export async function longInUse(world: StoryWorld): Promise<string> {
  await setUpGoogle(world, { projectId })
  const connectionId = await connectGmail(world)
  await connectCalendar(world)
  for (let days = 0; days < 8; days += 1) {
    await world.sandbox.clock.advance(day)
    await world.settle()
  }
  return connectionId
}

/** In use, then the key was deleted in Google's console: everything that needs it waits. */
export async function keyDeleted(world: StoryWorld): Promise<string> {
  const app = await setUpGoogle(world, { projectId })
  const connectionId = await connectGmail(world)
  world.sandbox.google.deleteServiceAccountKeys(JSON.parse(app.serviceAccountKey).client_email)
  return connectionId
}

/** In use, then somebody deleted the topic in Google's console. */
export async function topicDeleted(world: StoryWorld): Promise<string> {
  return atGoogle(world, (pubsub, key, { topic }) => pubsub.deleteTopic(key, topic))
}

/** In use, then somebody changed whom Google's pushes name, by one character. */
export async function audienceChanged(world: StoryWorld): Promise<string> {
  return atGoogle(world, (pubsub, key, found) => pubsub.modifyPush(key, { ...found, audience: `${found.audience}/` }))
}

/** The OAuth client is from another project than the topic, which Gmail refuses. */
export async function projectsDiffer(world: StoryWorld): Promise<string> {
  await setUpGoogle(world, { projectId })
  const other = world.sandbox.google.createProject({ projectId: 'acme-web-118290', publishing: 'production' })
  const { clientId, clientSecret } = world.sandbox.google.createClient({
    projectId: other.projectId,
    redirectUris: Object.values((await world.sdk.google.status({ principal })).redirectUris),
  })
  const replace = (value: string) => ({ action: 'replace', value }) as const
  await world.sdk.google.save({ principal, changes: { clientId: replace(clientId), clientSecret: replace(clientSecret) } })
  return connectGmail(world)
}

/** Nobody runs the due work any more. */
export async function stalled(world: StoryWorld): Promise<string> {
  await setUpGoogle(world, { projectId })
  const connectionId = await connectGmail(world)
  await world.sandbox.clock.advance(3 * day)
  return connectionId
}

type AtGoogle = (pubsub: PubSubGateway, key: Parameters<PubSubGateway['checkKey']>[0], found: PubSubSubscription) => Promise<void>

async function atGoogle(world: StoryWorld, change: AtGoogle): Promise<string> {
  const app = await setUpGoogle(world, { projectId })
  const connectionId = await connectGmail(world)
  const { sandbox } = world
  const { pubsub } = createGoogleGateway({
    endpoints: sandbox.endpoints,
    fetch: sandbox.fetch,
    crypto: createWebCrypto(),
    clock: sandbox.clock,
  })
  const key = JSON.parse(app.serviceAccountKey)
  const { provisioning } = await world.sdk.google.status({ principal })
  const found = await pubsub.getSubscription(key, provisioning?.names?.subscription ?? '')
  if (found === null) throw new Error('the mailbox is connected, and its subscription is not there')
  await change(pubsub, key, found)
  return connectionId
}
