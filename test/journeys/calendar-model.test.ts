import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CalendarEvent } from '@tenantry/sdk'
import { occurrences } from '@tenantry/sdk/calendar'
import { redirectUris } from '@tenantry/sdk/model'
import { connectCalendar, testPrincipal as principal } from '@tenantry/sdk/testing'
import { contentsOf } from './calendar-model/google-side.ts'
import { createHostCopy } from './calendar-model/host-copy.ts'
import { mutation, play } from './calendar-model/mutations.ts'
import type { Mutation } from './calendar-model/mutations.ts'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'

const address = 'dana@acme.test'
const calendarId = 'team@group.calendar.google.com'
const zone = 'Europe/Berlin'
const day = 86_400_000

/** A host that keeps a copy of one calendar, while things happen in it. */
async function keepCopy(mutations: readonly Mutation[]): Promise<void> {
  const copy = createHostCopy()
  let stumbles = 0
  const world = createWorld({
    on: {
      'calendar.changed': (event) => {
        if (stumbles > 0) {
          stumbles -= 1
          throw new Error('the host stumbles')
        }
        copy.apply(event)
      },
    },
  })
  const { sandbox } = world
  await setUpClient(world)
  sandbox.google.createCalendar(address, { summary: 'Team', id: calendarId, timeZone: zone })
  const connectionId = await connectCalendar(world, { settings: { calendarId, pastDays: 365 } })
  const stage = { sandbox, address, calendarId, settle: world.settle, stumble: () => (stumbles += 1) }
  for (const each of mutations) await play(stage, each)
  sandbox.faults.clear()
  sandbox.google.limitChannelLife(null)
  // The host stands firm again, and somebody has it tried once more what it stumbled at five times.
  stumbles = 0
  await world.sdk.calendar.redrive({ principal, connectionId })
  await world.settle()
  // The regular look, and then every retry, has its time.
  for (const minutes of [31, 16]) {
    await sandbox.clock.advance(minutes * 60_000)
    await world.settle()
  }
  expect(copy.contents()).toEqual(contentsOf(sandbox, address, calendarId, zone))
  expect(await timesInGoogle(world, connectionId)).toEqual(timesOf(copy.events(), windowOf(world)))
  expect(await world.sdk.calendar.get({ principal, connectionId })).toMatchObject({ health: { status: 'connected', quarantined: 0 } })
}

const windowOf = ({ sandbox }: World) => ({
  from: new Date(sandbox.clock.now() - 30 * day).toISOString(),
  to: new Date(sandbox.clock.now() + 120 * day).toISOString(),
})

/** When things take place, by what the host has. */
function timesOf(events: CalendarEvent[], window: ReturnType<typeof windowOf>): string[] {
  const { occurrences: told, unreadable } = occurrences(events, window)
  expect(unreadable).toEqual([])
  return told.map(({ event, start, end }) => `${start.instant} ${end.instant} ${event.title}`).toSorted()
}

/** The same by Google, which unfolds series itself. */
async function timesInGoogle(world: World, connectionId: string): Promise<string[]> {
  const { events } = await world.sdk.calendar.events.list({ connectionId, ...windowOf(world) })
  return events.map(({ start, end, title }) => `${start?.instant} ${end?.instant} ${title}`).toSorted()
}

async function setUpClient(world: World): Promise<void> {
  const { projectId } = world.sandbox.google.createProject({ publishing: 'production' })
  const { clientId, clientSecret } = world.sandbox.google.createClient({
    projectId,
    redirectUris: Object.values(redirectUris(world.sdk.baseUrl)),
  })
  const replace = (value: string) => ({ action: 'replace' as const, value })
  await world.sdk.google.save({
    principal,
    changes: { notifications: 'polling', clientId: replace(clientId), clientSecret: replace(clientSecret) },
  })
}

const runs = Number(process.env['TENANTRY_MODEL_RUNS'] ?? 200)
const seed = Number(process.env['TENANTRY_MODEL_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

describe(`the host’s copy of a calendar (seed ${seed})`, () => {
  it(`is the calendar in the end, whatever happens: ${runs} times`, { timeout: 600_000 }, async () => {
    const happening = fc.array(mutation, { minLength: 5, maxLength: 40 })
    await fc.assert(fc.asyncProperty(happening, keepCopy), { numRuns: runs, seed, endOnFailure: false })
  })

  it('is the calendar after 5,000 mutations in a row', { timeout: 600_000 }, async () => {
    await keepCopy(fc.sample(mutation, { numRuns: 5_000, seed }))
  })
})
