import { ProviderRefusal } from '../../errors/index.ts'
import type { CalendarEventPage, GoogleGateway } from '../../ports/index.ts'
import type { ProviderCall } from '../provider.ts'

/** From many to one at a time: descriptions and guest lists can make a page larger than what is taken in. */
const pageSizes = [1000, 100, 10, 1]

/** A page of events, smaller when a large one is too much. @throws ProviderRefusal */
export async function listPage(
  google: GoogleGateway,
  call: ProviderCall,
  {
    calendarId,
    syncToken,
    pageToken,
  }: { readonly calendarId: string; readonly syncToken: string | null; readonly pageToken: string | null },
): Promise<CalendarEventPage> {
  let refusal: unknown
  for (const maxResults of pageSizes) {
    try {
      return await google.calendar.listEvents(
        { accessToken: await call.accessToken() },
        { calendarId, syncToken, maxResults, ...(pageToken !== null && { pageToken }) },
      )
    } catch (error) {
      if (!(error instanceof ProviderRefusal) || error.reason !== 'answer_too_large') throw error
      refusal = error
    }
  }
  throw refusal
}
