import { telling } from '../state/telling.ts'
import type { World } from '../state/world.ts'
import { createAccountVerbs } from './accounts.ts'
import { createCalendarSharingVerbs } from './calendar-sharing.ts'
import { createCalendarVerbs } from './calendars.ts'
import type { GoogleWorld } from './google-world.ts'
import { createMailVerbs } from './mail.ts'
import { createProjectVerbs } from './projects.ts'
import { createServiceAccountVerbs } from './service-accounts.ts'

/** The programmatic face; every verb leaves a trace in the saved state. */
export function createGoogleWorld(world: World): GoogleWorld {
  return telling<GoogleWorld>(world, {
    ...createProjectVerbs(world),
    ...createServiceAccountVerbs(world),
    ...createAccountVerbs(world),
    ...createMailVerbs(world),
    ...createCalendarVerbs(world),
    ...createCalendarSharingVerbs(world),
  })
}
