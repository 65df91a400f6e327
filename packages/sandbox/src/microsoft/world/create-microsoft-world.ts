import { telling } from '../../state/telling.ts'
import type { World } from '../../state/world.ts'
import { createAppVerbs } from './apps.ts'
import { createConsentVerbs } from './consent.ts'
import { createDirectoryVerbs } from './directories.ts'
import { createMailVerbs } from './mail.ts'
import type { MicrosoftWorld } from './microsoft-world.ts'
import { createRecipientVerbs } from './recipients.ts'
import { createRightsVerbs } from './rights.ts'
import { createSubscriptionVerbs } from './subscriptions.ts'

/** The programmatic face; every verb leaves a trace in the saved state. */
export function createMicrosoftWorld(world: World): MicrosoftWorld {
  return telling<MicrosoftWorld>(world, {
    ...createDirectoryVerbs(world),
    ...createRecipientVerbs(world),
    ...createRightsVerbs(world),
    ...createAppVerbs(world),
    ...createConsentVerbs(world),
    ...createMailVerbs(world),
    ...createSubscriptionVerbs(world),
  })
}
