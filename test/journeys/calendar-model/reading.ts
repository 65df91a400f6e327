import { connectCalendar, setUpGoogle } from '@tenantry/sdk/testing'
import type { CalendarChanged, EventHandlers, TenantryEvent } from '@tenantry/sdk'
import type { Sandbox } from '@tenantry/sandbox'
import { createWorld } from '../create-world.ts'
import type { World } from '../create-world.ts'
import { intercept } from '../meddling.ts'
import { createHostCopy } from './host-copy.ts'

export const address = 'dana@acme.test'
export const teamId = 'team@group.calendar.google.com'
export const zone = 'Europe/Berlin'

type Settings = NonNullable<Parameters<typeof connectCalendar>[1]>['settings']

/** A host that notes what it is told, and may refuse to take it. */
export interface Host {
  readonly told: TenantryEvent[]
  refuses(event: CalendarChanged): boolean
}

export function createHost(): Host & { readonly on: EventHandlers } {
  const told: TenantryEvent[] = []
  const note = (event: TenantryEvent): void => void told.push(event)
  const host: Host = { told, refuses: () => false }
  const on: EventHandlers = {
    'calendar.changed': (event) => {
      if (host.refuses(event)) throw new Error('the host refuses')
      note(event)
    },
    'connection.gap_recovered': note,
    'connection.item_skipped': note,
    'connection.connected': note,
    'connection.degraded': note,
    'connection.error': note,
  }
  return Object.assign(host, { on })
}

/** A world with one calendar beside the main one, whose events the tests make. */
export async function setUpTeam(): Promise<{ world: World; host: Host }> {
  const host = createHost()
  const world = createWorld({ on: host.on })
  await setUpGoogle(world)
  world.sandbox.google.createCalendar(address, { summary: 'Team', id: teamId, timeZone: zone })
  return { world, host }
}

export interface Reading {
  readonly world: World
  readonly host: Host
  readonly connectionId: string
}

/** {@link setUpTeam}, with these events in the calendar, connected and read. */
export async function readTeam(titles: readonly string[] = [], settings: Settings = {}): Promise<Reading> {
  const { world, host } = await setUpTeam()
  for (const title of titles) write(world.sandbox, title)
  const connectionId = await connectCalendar(world, { settings: { calendarId: teamId, ...settings } })
  return { world, host, connectionId }
}

const hour = 3_600_000

/** An event of one hour; by default tomorrow. @returns its id */
export function write(sandbox: Sandbox, title: string, inHours = 24, calendarId = teamId): string {
  const start = sandbox.clock.now() + inHours * hour
  return sandbox.google.createEvent(address, calendarId, { summary: title, start, end: start + hour }).id
}

/** The changes that the host was told, in order. */
export const changesTo = ({ told }: Pick<Host, 'told'>): CalendarChanged['change'][] =>
  told.filter((event): event is CalendarChanged => event.type === 'calendar.changed').map(({ change }) => change)

/** The same in words, sorted: `created Standby`. A title that is not told is looked up in what was told before. */
export function wordsTo(host: Pick<Host, 'told'>): string[] {
  const titles = new Map<string, string>()
  const words = changesTo(host).map(({ eventId, kind, title }) => {
    if (title !== null) titles.set(eventId, title)
    return `${kind} ${titles.get(eventId) ?? eventId}`
  })
  return words.toSorted()
}

export const toldOf = <Type extends TenantryEvent['type']>({ told }: Pick<Host, 'told'>, type: Type) =>
  told.filter((event): event is Extract<TenantryEvent, { type: Type }> => event.type === type)

/** What the host has by now. @throws Error when it was told in words that do not fit */
export function copyAt(host: Pick<Host, 'told'>): Map<string, unknown> {
  const copy = createHostCopy()
  for (const event of host.told) if (event.type === 'calendar.changed') copy.apply(event)
  return copy.contents()
}

/** Nothing that happens is pushed any more. */
export const silence = ({ sandbox }: Pick<World, 'sandbox'>): void => void sandbox.faults.add({ delivery: 'calendar', kind: 'drop' })

interface Listing {
  /** From 1, since the last listing began. */
  readonly page: number
  readonly full: boolean
  readonly url: URL
  serve(): Promise<Response>
}

/** Google answers in pages of so many events; `act` may answer a page in its place. */
export function answerInPages(
  world: Pick<World, 'sandbox'>,
  size: number,
  act: (listing: Listing) => Promise<Response> = ({ serve }) => serve(),
): void {
  let page = 0
  intercept(world, (request, serve, url) => {
    if (request.method !== 'GET' || !url.pathname.endsWith('/events')) return serve(request)
    url.searchParams.set('maxResults', String(size))
    page = url.searchParams.has('pageToken') ? page + 1 : 1
    return act({ page, full: !url.searchParams.has('syncToken'), url, serve: () => serve(new Request(url, request)) })
  })
}

/** As Google does it some time after an event was deleted: a full listing does not show it any more. */
export async function withoutDeleted(answer: Promise<Response>): Promise<Response> {
  const response = await answer
  if (!response.ok) return response
  const body = (await response.json()) as { items: { status: string; recurringEventId?: string }[] }
  const items = body.items.filter(({ status, recurringEventId }) => status !== 'cancelled' || recurringEventId !== undefined)
  return Response.json({ ...body, items })
}

/** A refusal in Google's form. */
export const refuse = (code: number, reason = 'backendError'): Promise<Response> =>
  Promise.resolve(Response.json({ error: { code, message: reason, errors: [{ domain: 'calendar', reason }] } }, { status: code }))

/** Lets so many minutes pass, then does what is due. */
export async function pass({ sandbox, settle }: Pick<World, 'sandbox' | 'settle'>, minutes: number): Promise<void> {
  await sandbox.clock.advance(minutes * 60_000)
  await settle()
}
