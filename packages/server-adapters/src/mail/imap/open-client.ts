import { ProviderRefusal } from '@tenantry/sdk/errors'
import { maxGraphMessageBytes } from '@tenantry/sdk/ports'
import type { MailCall } from '@tenantry/sdk/ports'
import { ImapFlow } from 'imapflow'
import { assertSignIn } from '../assert-sign-in.ts'
import { tlsOptions } from '../tls-options.ts'
import type { MailTls } from '../tls-options.ts'
import { Late, withinDeadline } from '../within-deadline.ts'
import { toRefusal } from './to-refusal.ts'

export interface ImapClient {
  readonly flow: ImapFlow
  isClosed(): boolean
  /** Runs commands; after a refusal the connection is closed. @throws ProviderRefusal */
  run<T>(operation: string, work: () => Promise<T>, deadlineMs?: number): Promise<T>
  /** What imapflow answers with where it swallows a refusal. @throws ProviderRefusal */
  refuseLast(operation: string): never
  close(): void
}

/** Signs in. @throws ProviderRefusal `imap.connect` */
export async function openClient(
  call: MailCall,
  { tls, deadlineMs }: { readonly tls: MailTls | undefined; readonly deadlineMs: number },
): Promise<ImapClient> {
  assertSignIn(call)
  const { host, port, security } = call.server
  let last: unknown
  let broken: unknown
  let refuseThrottled: (refusal: ProviderRefusal) => void = () => undefined
  const throttled = new Promise<never>((_, reject) => {
    refuseThrottled = reject
  })
  throttled.catch(() => undefined)
  const notice = (entry: { readonly err?: unknown; readonly throttleDelay?: unknown }): void => {
    if (entry.err !== undefined) last = entry.err
    // imapflow waits out what Exchange asks for and keeps the answer back meanwhile; its log alone tells.
    if (typeof entry.throttleDelay === 'number') refuseThrottled(throttledRefusal(entry.throttleDelay))
  }
  const ignore = (): void => undefined
  const flow = new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    ...(security === 'starttls' && { doSTARTTLS: true }),
    tls: tlsOptions(host, tls),
    auth: { user: call.user, accessToken: call.accessToken },
    clientInfo: { name: 'Tenantry' },
    connectionTimeout: deadlineMs,
    greetingTimeout: deadlineMs,
    maxLiteralSize: maxGraphMessageBytes,
    maxResponseSize: maxGraphMessageBytes + 1024 * 1024,
    maxLineLength: 16 * 1024 * 1024,
    disableAutoIdle: true,
    disableAutoEnable: true,
    disableCompression: true,
    disableIMAP4rev2: true,
    logger: { debug: ignore, info: ignore, warn: notice, error: notice },
  })
  // Without a listener Node ends the process.
  flow.on('error', (error) => (broken = error))
  let closed = false
  flow.on('close', () => (closed = true))
  withoutOauthbearer(flow)

  const client: ImapClient = {
    flow,
    isClosed: () => closed,
    async run(operation, work, limitMs = deadlineMs) {
      try {
        return await withinDeadline(limitMs, Promise.race([work(), throttled]), () => flow.close())
      } catch (error) {
        flow.close()
        // What broke the connection tells more than that it is gone.
        throw toRefusal(operation, error instanceof Late ? error : (broken ?? error))
      }
    },
    refuseLast(operation) {
      flow.close()
      throw toRefusal(operation, broken ?? last ?? Object.assign(new Error('The connection ended'), { reason: flow.byeReason }))
    },
    close: () => flow.close(),
  }
  await client.run('imap.connect', () => flow.connect())
  return client
}

/** Exchange knows XOAUTH2 only, and imapflow takes OAUTHBEARER wherever it is offered. */
function withoutOauthbearer(flow: ImapFlow): void {
  let { capabilities } = flow
  Object.defineProperty(flow, 'capabilities', {
    get: () => capabilities,
    set(next: ImapFlow['capabilities']) {
      next.delete('AUTH=OAUTHBEARER')
      capabilities = next
    },
  })
}

function throttledRefusal(retryAfterMs: number): ProviderRefusal {
  return new ProviderRefusal({ vendor: 'microsoft', operation: 'imap.throttled', httpStatus: 503, reason: 'throttled', retryAfterMs })
}
