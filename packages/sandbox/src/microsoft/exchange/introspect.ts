import { formOf } from '../../http/operation.ts'
import type { Call, Operation } from '../../http/operation.ts'
import type { World } from '../../state/world.ts'
import { checkMailSignIn } from './check-mail-sign-in.ts'

/** What a mail server in front of this world asks about a token: a form with `token`, `protocol`, and `mailbox` or `user`. */
export function createIntrospectOperations(world: World): Operation[] {
  return [{ name: 'introspect', method: 'POST', path: '/introspect', handle: (call) => introspect(world, call) }]
}

function introspect(world: World, call: Call): Response {
  const form = formOf(call)
  const protocol = form.get('protocol')
  const user = form.get('mailbox') ?? form.get('user')
  const token = form.get('token')
  if ((protocol !== 'imap' && protocol !== 'smtp') || user === null || token === null)
    return Response.json({ error: 'token, protocol (imap or smtp) and mailbox or user are needed' }, { status: 400 })
  return Response.json(checkMailSignIn(world, { protocol, user, token }))
}
