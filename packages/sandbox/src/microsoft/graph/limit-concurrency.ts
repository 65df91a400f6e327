import type { Call } from '../../http/operation.ts'
import type { World } from '../../state/world.ts'
import { GraphError } from './graph-error.ts'

/** Calls of one app in one mailbox at a time. Source: learn.microsoft.com, "Microsoft Graph service-specific throttling limits", Outlook. */
const AT_ONCE = 4
/** As far back as calls still running are looked for. */
const LOOKED_AT = 200

/** @throws GraphError 429 when four others are under way */
export function limitConcurrency(world: World, call: Call): void {
  const token = call.request.headers.get('authorization')
  const mailbox = mailboxIn(call.url.href)
  const running = world.requests
    .slice(-LOOKED_AT)
    .filter((other) => other.endedAt === null && other.headers['authorization'] === token && mailboxIn(other.url) === mailbox)
  if (running.length <= AT_ONCE) return
  throw new GraphError(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.', { 'retry-after': '1' })
}

function mailboxIn(url: string): string | undefined {
  return /\/v1\.0\/(me\b|users\/[^/?]+)/.exec(url)?.[1]
}
