import { z } from 'zod/mini'
import type { Call } from '../../http/operation.ts'
import type { World } from '../../state/world.ts'
import { authenticate } from '../graph/authenticate.ts'
import { GraphError } from '../graph/graph-error.ts'
import { openMailbox } from '../graph/open-mailbox.ts'
import { readBody } from '../graph/read-body.ts'
import { readPreferences } from '../graph/show-message.ts'
import type { MailboxOwner } from '../find.ts'
import type { SubscriptionState } from '../state/subscription-state.ts'
import { readExpiration } from './read-expiration.ts'
import { validateEndpoint } from './validate-endpoint.ts'

const LIMIT = 1000
/** Two subscriptions that agree in these are one. */
const IDENTITY = ['clientId', 'creator', 'resource', 'changeType', 'notificationUrl'] as const
const KINDS = ['created', 'updated', 'deleted']
const RESOURCE = /^\/?(?:me|users(?:\/([^/]+)|\('([^']+)'\)))(?:\/mailFolders(?:\('([^']+)'\)|\/([^/]+)))?\/messages$/i

const createBody = z.object({
  changeType: z.string(),
  notificationUrl: z.string(),
  lifecycleNotificationUrl: z.optional(z.string()),
  resource: z.string(),
  expirationDateTime: z.string(),
  clientState: z.optional(z.string().check(z.maxLength(128))),
})

/** Checks, asks both endpoints, and only then keeps it. @throws GraphError 400, 403 ExtensionError, 404, 409 */
export async function createSubscription(world: World, call: Call): Promise<SubscriptionState> {
  const caller = authenticate(world, call)
  const body = readBody(call, createBody)
  const expiresAt = readExpiration(body.expirationDateTime, world.clock.now())
  if (body.changeType.split(',').some((kind) => !KINDS.includes(kind)))
    throw new GraphError(400, 'InvalidRequest', `The changeType '${body.changeType}' is not supported.`)
  const { owner, folder } = openResource(world, call, body.resource)
  const urls = [body.notificationUrl, ...(body.lifecycleNotificationUrl === undefined ? [] : [body.lifecycleNotificationUrl])]
  for (const url of urls) checkUrl(url)
  const subscription: SubscriptionState = {
    id: crypto.randomUUID(),
    clientId: caller.token.clientId,
    directoryId: caller.token.directoryId,
    creator: caller.person?.id ?? null,
    resource: body.resource,
    changeType: body.changeType,
    notificationUrl: body.notificationUrl,
    lifecycleUrl: body.lifecycleNotificationUrl ?? null,
    clientState: body.clientState ?? null,
    mailbox: owner.id,
    folder,
    immutableIds: readPreferences(call).immutableIds,
    expiresAt,
    paused: false,
  }
  checkRoom(world, subscription)
  await Promise.all(urls.map((url) => validateEndpoint(world, url)))
  // Of two at once, the second finds the first.
  checkRoom(world, subscription)
  world.state.microsoft.subscriptions.push(subscription)
  return subscription
}

function openResource(world: World, call: Call, resource: string): { owner: MailboxOwner; folder: string | null } {
  const parts = RESOURCE.exec(resource)
  if (!parts) throw new GraphError(400, 'InvalidRequest', `The resource '${resource}' is not supported.`)
  const user = parts[1] ?? parts[2]
  const folder = parts[3] ?? parts[4]
  try {
    const params: Call['params'] = { host: call.params['host'] ?? '' }
    if (user !== undefined) params['user'] = user
    return { owner: openMailbox(world, { ...call, params }, 'read').owner, folder: folder?.toLowerCase() ?? null }
  } catch (problem) {
    if (!(problem instanceof GraphError) || problem.options.status !== 403) throw problem
    throw new GraphError(403, 'ExtensionError', 'Operation: Create; Exception: [Status Code: Forbidden; Reason: Forbidden]')
  }
}

function checkUrl(url: string): void {
  if (URL.canParse(url) && new URL(url).protocol === 'https:') return
  throw new GraphError(400, 'InvalidRequest', `The notification URL '${url}' must begin with https.`)
}

function checkRoom(world: World, wanted: SubscriptionState): void {
  const now = world.clock.now()
  const alive = world.state.microsoft.subscriptions.filter(({ mailbox, expiresAt }) => mailbox === wanted.mailbox && expiresAt > now)
  if (alive.some((other) => IDENTITY.every((field) => other[field] === wanted[field])))
    throw new GraphError(409, 'Conflict', 'A subscription with the same resource, changeType and notificationUrl exists already.')
  if (alive.length >= LIMIT)
    throw new GraphError(
      403,
      'ExtensionError',
      `Operation: Create; Exception: [Status Code: Forbidden; Reason: Limit of ${LIMIT} subscriptions reached]`,
    )
}
