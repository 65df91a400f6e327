import { z } from 'zod/mini'
import { ApiError, invalidArgument, notFound } from '../http/api-error.ts'
import type { Call, Operation } from '../http/operation.ts'
import { readJson } from '../http/read-json.ts'
import { accountOf, authenticate } from '../oauth/authenticate.ts'
import type { World } from '../state/world.ts'
import type { ChannelState } from '../state/watch-state.ts'
import { announce } from './notify-channels.ts'
import { CALENDAR_ACCESS, openCalendar } from './open-calendar.ts'

const PATH = '/www.googleapis.com/calendar/v3'
const STANDARD_TTL = 604_800
const LONGEST_TTL = 2_592_000
const time = z.union([z.string(), z.number()])
const channelBody = z.object({
  id: z.optional(z.string()),
  type: z.optional(z.string()),
  address: z.optional(z.string()),
  token: z.optional(z.string()),
  params: z.optional(z.object({ ttl: z.optional(time) })),
  expiration: z.optional(time),
})
const stopBody = z.object({ id: z.string(), resourceId: z.string() })

/** `events.watch` and `channels.stop` */
export function createChannelOperations(world: World): Operation[] {
  return [
    {
      name: 'calendar.events.watch',
      method: 'POST',
      path: `${PATH}/calendars/:calendarId/events/watch`,
      handle: (call) => watch(world, call),
    },
    { name: 'calendar.channels.stop', method: 'POST', path: `${PATH}/channels/stop`, handle: (call) => stop(world, call) },
  ]
}

function watch(world: World, call: Call) {
  const { account, calendar, token } = openCalendar(world, call, CALENDAR_ACCESS.readEvents)
  const body = readJson(call, channelBody)
  const { id, address } = body
  if (!id || !/^[A-Za-z0-9\-_+/=]{1,64}$/.test(id)) throw invalidArgument(`Invalid channel id: ${id ?? ''}`, 'channelIdInvalid')
  if (body.type !== 'web_hook') throw invalidArgument(`Unknown channel type: ${body.type ?? ''}`, 'channelUnknown')
  if (!address || !URL.canParse(address) || new URL(address).protocol !== 'https:') {
    throw new ApiError({
      code: 400,
      status: 'INVALID_ARGUMENT',
      message: `WebHook callback must be HTTPS: ${address ?? ''}`,
      reason: 'push.webhookUrlNotHttps',
    })
  }
  if (!calendar.pushable)
    throw invalidArgument('Push notifications are not supported by this resource.', 'pushNotSupportedForRequestedResource')
  if (world.state.channels.some((channel) => channel.id === id)) throw invalidArgument(`Channel id ${id} not unique`, 'channelIdNotUnique')
  const channel: ChannelState = {
    id,
    clientId: token.holder.kind === 'client' ? token.holder.clientId : token.holder.email,
    address: account.address,
    calendarId: calendar.id,
    resourceId: calendar.resourceId,
    resourceUri: `https://www.googleapis.com/calendar/v3/calendars/${encodeURIComponent(calendar.id)}/events?alt=json`,
    url: address,
    token: body.token ?? null,
    expiresAt: expirationOf(world, body),
    lastMessageNumber: 0,
    pending: [],
  }
  world.state.channels.push(channel)
  announce(world, channel, 'sync')
  const { resourceId, resourceUri, expiresAt } = channel
  return {
    kind: 'api#channel',
    id,
    resourceId,
    resourceUri,
    ...(channel.token === null ? {} : { token: channel.token }),
    expiration: String(expiresAt),
  }
}

function expirationOf(world: World, { params, expiration }: z.infer<typeof channelBody>): number {
  const now = world.clock.now()
  const asked = expiration === undefined ? Number(params?.ttl ?? STANDARD_TTL) * 1000 : Number(expiration) - now
  if (!Number.isFinite(asked) || asked <= 0) throw invalidArgument('Invalid channel expiration.', 'channelExpirationInvalid')
  const life = Math.min(asked, LONGEST_TTL * 1000, world.state.channelLife ?? Infinity)
  // Channel lifetimes are whole seconds: the header carries an HTTP date.
  return Math.floor((now + life) / 1000) * 1000
}

function stop(world: World, call: Call) {
  const token = authenticate(world, call, 'calendar', CALENDAR_ACCESS.readEvents.scopes)
  const account = accountOf(world, token)
  const { id, resourceId } = readJson(call, stopBody)
  const own = world.state.channels.find(
    (channel) =>
      channel.id === id &&
      channel.resourceId === resourceId &&
      channel.address === account.address &&
      token.holder.kind === 'client' &&
      channel.clientId === token.holder.clientId &&
      channel.expiresAt > world.clock.now(),
  )
  if (!own) throw notFound(`Channel '${id}' not found for project '${token.projectId}'`)
  world.state.channels = world.state.channels.filter((channel) => channel !== own)
  return new Response(null, { status: 204 })
}
