import { parseMime } from '../../gmail/mime.ts'
import type { World } from '../../state/world.ts'
import { sendingRight } from '../exchange/rights.ts'
import type { MailboxOwner } from '../find.ts'
import { addressesIn } from '../mail/addresses.ts'
import { recipientsOf } from '../mail/submit.ts'
import type { RecipientState } from '../state/recipient-state.ts'
import type { Caller } from './authenticate.ts'
import { GraphError } from './graph-error.ts'

/** Whether the caller may send this message, and on whose behalf it goes: null when From and sender are one. @throws GraphError 403 ErrorSendAsDenied, 400 ErrorInvalidRecipients, 413 */
export function checkSender(world: World, caller: Caller, owner: MailboxOwner, raw: Uint8Array): RecipientState | null {
  if (raw.length > owner.mailbox.maxMessageBytes)
    throw new GraphError(413, 'ErrorMessageSizeExceeded', 'The message exceeds the maximum supported size.')
  if (recipientsOf(raw).length === 0)
    throw new GraphError(
      400,
      'ErrorInvalidRecipients',
      "At least one recipient isn't valid., A message can't be sent because it contains no recipients.",
    )
  const [from = { address: owner.address }] = addressesIn(parseMime(raw.subarray(0, 256 * 1024)), 'from')
  // An app sends as the mailbox it names.
  const sender = caller.person ?? owner
  const right = sendingRight(world, sender, from.address)
  if (right !== null) return right === 'as' ? null : sender
  throw new GraphError(
    403,
    'ErrorSendAsDenied',
    'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account., Cannot submit message.',
  )
}
