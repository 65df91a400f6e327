import type { Session } from '../../server/create-api.ts'

/** The providers of which the person may connect something, in the order of the page. */
export function connectable(may: Session['may']): string[] {
  return [
    ...(may.connectMailbox ? ['gmail'] : []),
    ...(may.connectCalendar ? ['google-calendar'] : []),
    ...(may.connectSharedMailbox ? ['microsoft-shared-mailbox'] : []),
  ]
}
