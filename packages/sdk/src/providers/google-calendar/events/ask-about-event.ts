import { isTenantryError } from '../../../errors/index.ts'
import type { OpenCalendar } from './open-calendar.ts'

/**
 * Asks Google about one event. It answers alike for an event that is gone and for a calendar that it no longer shows, so the calendar is looked at before
 * the first is believed.
 * @throws `event_gone`, `calendar_not_found`, our code for Google's other refusals
 */
export async function askAboutEvent<T>(calendar: OpenCalendar, work: Parameters<typeof calendar.ask<T>>[0]): Promise<T> {
  try {
    return await calendar.ask(work)
  } catch (error) {
    if (isTenantryError(error) && error.code === 'event_gone') await assertShown(calendar)
    throw error
  }
}

/** @throws `calendar_not_found` */
export async function assertShown({ call, calendarId, ask }: OpenCalendar): Promise<void> {
  const now = call.clock.now()
  const between = { from: new Date(now).toISOString(), to: new Date(now + 60_000).toISOString() }
  await ask((gateway, user) => gateway.listEvents(user, { calendarId, between, maxResults: 1 }))
}
