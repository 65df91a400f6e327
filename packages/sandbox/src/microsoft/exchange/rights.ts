import type { World } from '../../state/world.ts'
import { lookUp } from '../find.ts'
import type { RecipientState, RightsState } from '../state/recipient-state.ts'

/** What `person` may do with the mailbox of `owner`; everything with its own. */
export function rightsOf(owner: RecipientState, person: RecipientState): RightsState {
  if (owner.id === person.id) return { to: person.id, fullAccess: true, sendAs: true, sendOnBehalf: true }
  return owner.rights.find(({ to }) => to === person.id) ?? { to: person.id, fullAccess: false, sendAs: false, sendOnBehalf: false }
}

/** How `person` may send with this address in From: as it, on its behalf, or not at all. */
export function sendingRight(world: World, person: RecipientState, from: string): 'as' | 'on_behalf' | null {
  const owner = lookUp(world, from)
  if (owner === undefined || owner.directoryId !== person.directoryId) return null
  const { sendAs, sendOnBehalf } = rightsOf(owner, person)
  return sendAs ? 'as' : sendOnBehalf ? 'on_behalf' : null
}
