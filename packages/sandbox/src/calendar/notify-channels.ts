import { playPushFaults } from '../push/play-push-faults.ts'
import { isAccepted, sendPush } from '../push/send-push.ts'
import type { CalendarState } from '../state/account-state.ts'
import type { ChannelState } from '../state/watch-state.ts'
import type { World } from '../state/world.ts'

const TIMEOUT = 10_000
const RETRIED = [500, 502, 503, 504]
const ATTEMPTS = 8

/** Tells every live channel of the calendar, whoever opened it, that something changed. */
export function notifyChannels(world: World, { resourceId }: CalendarState): void {
  for (const channel of world.state.channels) {
    if (channel.resourceId === resourceId && channel.expiresAt > world.clock.now()) announce(world, channel, 'exists')
  }
}

/** Ends the channels of a calendar: those of one account, or all. */
export function endChannels(world: World, { resourceId }: CalendarState, address?: string): void {
  world.state.channels = world.state.channels.filter(
    (channel) => channel.resourceId !== resourceId || (address !== undefined && channel.address !== address),
  )
}

/** Sends one message through a channel; it may arrive before the call that caused it is answered. */
export function announce(world: World, channel: ChannelState, resourceState: 'sync' | 'exists' | 'not_exists'): void {
  // Numbers grow, but not by one: sync is 1, what follows jumps.
  channel.lastMessageNumber += resourceState === 'sync' ? 1 : 1 + (channel.lastMessageNumber % 7)
  channel.pending.push({ number: channel.lastMessageNumber, resourceState, attempt: 0, dueAt: world.clock.now() })
  queue(world, channel.id, channel.lastMessageNumber, world.clock.now())
}

/** Takes up the pending messages again after a restart. */
export function resumeChannels(world: World): void {
  for (const channel of world.state.channels) for (const { number, dueAt } of channel.pending) queue(world, channel.id, number, dueAt)
}

function queue(world: World, channelId: string, number: number, at: number): void {
  world.background.at(at, () => attempt(world, channelId, number))
}

async function attempt(world: World, channelId: string, number: number): Promise<void> {
  const plan = playPushFaults(world, 'calendar')
  if (plan.drop) return settle(world, channelId, number)
  if (plan.delay > 0) return world.background.at(world.clock.now() + plan.delay, () => deliver(world, channelId, number, 1))
  await deliver(world, channelId, number, plan.copies)
}

async function deliver(world: World, channelId: string, number: number, copies: number): Promise<void> {
  const channel = world.state.channels.find((candidate) => candidate.id === channelId)
  const message = channel?.pending.find((candidate) => candidate.number === number)
  if (!channel || !message || channel.expiresAt <= world.clock.now()) return
  message.attempt += 1
  const push = {
    kind: 'calendar' as const,
    url: channel.url,
    headers: headersOf(channel, message),
    body: '',
    attempt: message.attempt,
    timeoutMs: TIMEOUT,
  }
  let status = await sendPush(world, push)
  for (let copy = 1; copy < copies; copy++) status = await sendPush(world, push)
  const again = !isAccepted(status) && (status === null || RETRIED.includes(status)) && message.attempt < ATTEMPTS
  if (!again) return settle(world, channelId, number)
  message.dueAt = world.clock.now() + 1000 * 2 ** (message.attempt - 1)
  queue(world, channelId, number, message.dueAt)
}

function settle(world: World, channelId: string, number: number): void {
  const channel = world.state.channels.find((candidate) => candidate.id === channelId)
  if (channel) channel.pending = channel.pending.filter((message) => message.number !== number)
}

function headersOf(channel: ChannelState, message: ChannelState['pending'][number]): Record<string, string> {
  return {
    accept: '*/*',
    'user-agent': 'APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)',
    'x-goog-channel-id': channel.id,
    ...(channel.token === null ? {} : { 'x-goog-channel-token': channel.token }),
    'x-goog-channel-expiration': new Date(channel.expiresAt).toUTCString(),
    'x-goog-resource-id': channel.resourceId,
    'x-goog-resource-uri': channel.resourceUri,
    'x-goog-resource-state': message.resourceState,
    'x-goog-message-number': String(message.number),
  }
}
