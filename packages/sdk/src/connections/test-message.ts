import type { Context } from '../context.ts'
import { providerNamed } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { Principal } from '../model/principal.ts'
import { loadGuarded } from './guard.ts'
import { verbDoor } from './verb-door.ts'

interface OneConnection {
  readonly principal: Principal
  readonly connectionId: string
}

/** A provider that sends can send to whoever signed in. */
interface Sending {
  sendTest(options: OneConnection): Promise<{ readonly to: string }>
}

/** Sends a message to whoever signed in, which is the only proof that a mailbox may be sent from. @throws `not_found` for what sends nothing, and as the provider's `sendTest` */
export async function testMessage(context: Context, options: OneConnection): Promise<{ to: string }> {
  const connection = await loadGuarded(context, options.principal, 'connection.use', options.connectionId)
  const provider = providerNamed(context, connection.provider)
  const verbs = provider.verbs?.(verbDoor(context, provider))
  if (verbs === undefined || !isSending(verbs)) throw new TenantryError('not_found')
  const { principal, connectionId } = options
  return { to: (await verbs.sendTest({ principal, connectionId })).to }
}

function isSending(verbs: object): verbs is Sending {
  return 'sendTest' in verbs && typeof verbs.sendTest === 'function'
}
