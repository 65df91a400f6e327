import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useChoices } from '../../data/use-choices.ts'
import { useConnections } from '../../data/use-connections.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { calendarDirections } from './calendar-form-values.ts'
import type { CalendarDirection } from './calendar-form-values.ts'
import { calendarSettingsMessages } from './calendar-settings.messages.ts'
import { readCalendars } from './read-calendars.ts'

/** The calendars of a connection's account, and what stands in the way of choosing one. `saved`: what the choice starts with. */
export function useCalendars(connection: ConnectionSummary, saved: string | null, directions?: readonly CalendarDirection[]) {
  const t = useMessages(calendarSettingsMessages)
  const choices = useChoices(connection.id)
  const { data: connections = [] } = useConnections({ provider: connection.provider })
  const others = connections.filter(({ id, address, health }) => {
    return (id !== connection.id || saved === null) && address === connection.address && health.status !== 'disconnected'
  })
  const calendars = choices.data && (choices.data['calendarId'] ?? [])
  return {
    t,
    calendars: calendars && readCalendars({ calendars, saved, others, directions: directions ?? calendarDirections, locale: t.locale }),
    isPending: choices.isPending,
    error: choices.error,
    retry: () => void choices.refetch(),
    isRetrying: choices.isFetching,
  }
}
