import type { Sandbox } from '@tenantry/sandbox'
import type { Chance } from '../chance.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import type { Answers } from './answers.ts'
import { createTidying } from './tidying.ts'
import type { Site, Truth } from './truth.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

interface TrafficParts {
  readonly sandbox: Sandbox
  readonly truth: Truth
  readonly answers: Answers
  readonly time: VirtualTime
  readonly chance: Chance
  /** Of one connection, on average. */
  readonly itemsPerDay: number
  /** Nothing happens any more from then on, so that everything can be told. */
  readonly until: number
}

/** Mail that arrives and events that people write, at random times. */
export function startTraffic({ sandbox, truth, answers, time, chance, itemsPerDay, until }: TrafficParts): void {
  const meanMs = dayMs / itemsPerDay
  const tidy = createTidying({ sandbox, time, chance: chance.fork('tidying'), until })
  const next = (site: Site): void => {
    const at = time.now() + chance.wait(meanMs)
    if (at < until && site.state !== 'gone')
      time.schedule(at, async () => {
        // Mail likes to come in bursts.
        for (let count = chance.happens(0.1) ? chance.between(2, 6) : 1; count > 0; count -= 1) happen(site)
        next(site)
      })
  }
  const happen = (site: Site): void => {
    if (site.provider === 'calendar') write(site)
    else arrive(site)
  }
  const arrive = (site: Site): void => {
    const number = chance.between(1, 1e9)
    const mail = { from: `canary-${number}@sender.test`, subject: `Canary ${number}`, text: `The canary sings ${number}.` }
    const { id } = (site.provider === 'gmail' ? sandbox.google : sandbox.microsoft).deliverMail(site.address, mail)
    const item = { id, site, at: time.now(), must: site.state === 'live' || site.state === 'revoked', broughtBack: false }
    truth.items.set(id, item)
    if (site.provider !== 'sharedMailbox') return
    answers.arrived(site, { id, ...mail })
    tidy(item)
  }
  const write = ({ address, calendarId }: Site): void => {
    const draw = chance.next()
    // Only what is still to come is changed: people plan.
    const ahead = draw < 0.5 ? [] : upcoming(sandbox, address, calendarId, time.now())
    const chosen = ahead[Math.floor(chance.next() * ahead.length)]
    const start = time.now() + chance.between(24, 40 * 24) * hourMs
    if (draw > 0.9) return change(address, calendarId, start)
    if (chosen === undefined) sandbox.google.createEvent(address, calendarId, { summary: `Canary ${start}`, start, end: start + hourMs })
    else if (draw < 0.7) sandbox.google.updateEvent(address, calendarId, chosen, { summary: `Canary again ${start}` })
    else if (draw < 0.8) sandbox.google.moveEvent(address, calendarId, chosen, chance.between(1, 48) * hourMs)
    else sandbox.google.cancelEvent(address, calendarId, chosen)
  }
  /** A new series, or one instance of one: changed, moved or cancelled. */
  const change = (address: string, calendarId: string, start: number): void => {
    const series = sandbox.google.listEvents(address, calendarId).filter(({ recurrence }) => recurrence !== undefined)
    const chosen = series[Math.floor(chance.next() * series.length * 2)]
    const [instance] =
      chosen === undefined ? [] : sandbox.google.listInstances(address, calendarId, chosen.id, { from: time.now() + hourMs, limit: 1 })
    const summary = `Canary ${start}`
    const recurrence = [`RRULE:FREQ=${chance.happens(0.5) ? 'DAILY' : 'WEEKLY'};COUNT=${chance.between(2, 20)}`]
    const draw = chance.next()
    if (instance === undefined) sandbox.google.createEvent(address, calendarId, { summary, start, end: start + hourMs, recurrence })
    else if (draw < 0.4) sandbox.google.updateEvent(address, calendarId, instance, { summary })
    else if (draw < 0.7) sandbox.google.moveEvent(address, calendarId, instance, chance.between(1, 20) * hourMs)
    else sandbox.google.cancelEvent(address, calendarId, instance)
  }
  for (const site of truth.sites) next(site)
}

function upcoming(sandbox: Sandbox, address: string, calendarId: string, now: number): string[] {
  return sandbox.google
    .listEvents(address, calendarId)
    .filter(({ status, start }) => status !== 'cancelled' && Date.parse(start?.dateTime ?? '') > now + hourMs)
    .map(({ id }) => id)
}
