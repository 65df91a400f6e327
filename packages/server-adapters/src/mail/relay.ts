import { isLoopback, revealSecret } from '@tenantry/sdk/model'
import type { Secret } from '@tenantry/sdk/model'
import type { Clock, Fetch, RelayMessage, RelayTransport } from '@tenantry/sdk/ports'
import { checkMessage } from './check-message.ts'
import { describeMessage } from './relay/describe-message.ts'
import { post } from './relay/post.ts'
import { signBody } from './relay/sign-body.ts'

type Key = Secret | (() => Promise<Secret>)

export interface RelayOptions {
  /** As people know it, for example `LeadMail`. */
  readonly name: string
  /** Where messages are posted to: https, or http on this machine. Configuration, never a tenant's. */
  readonly url: string
  /** Sent as `Authorization: Bearer`. A function is asked before each message, so that a key can be replaced. */
  readonly key: Key
  /** Signs each request: `X-Tenantry-Signature: t=<seconds>,v1=<hex HMAC-SHA-256 of "t.body">`. */
  readonly signingKey?: Key
  /** Default: the platform's. */
  readonly fetch?: Fetch
  /** Default: the machine's. Tells the time of the signature. */
  readonly clock?: Clock
  /** The body in the relay's own form, sent as JSON. Default: the shape of docs/relay.md. */
  readonly map?: (message: RelayMessage) => unknown
  /** Time for one message, answer included, in milliseconds. Default 30 000. */
  readonly deadlineMs?: number
}

/**
 * A mail API that takes messages as JSON over HTTPS: once each, without redirect, within a deadline.
 * @throws TypeError when the url is not https
 * @example
 * const relay = createRelay({ name: 'LeadMail', url: 'https://mail.example.com/messages', key: new Secret(process.env.LEADMAIL_KEY ?? '') })
 */
export function createRelay(options: RelayOptions): RelayTransport {
  const { name, key, signingKey, map = describeMessage, deadlineMs = 30_000 } = options
  const { fetch = (request) => globalThis.fetch(request), clock = { now: () => Date.now() } } = options
  const url = checkUrl(options.url)
  return {
    name,
    async send(message, { idempotencyKey }) {
      checkMessage(message)
      const body = JSON.stringify(map(message))
      const headers = new Headers({ 'content-type': 'application/json', accept: 'application/json' })
      setHeader(headers, 'authorization', `Bearer ${await reveal(key)}`)
      setHeader(headers, 'idempotency-key', idempotencyKey)
      if (signingKey !== undefined) headers.set('x-tenantry-signature', await signBody(await reveal(signingKey), clock.now(), body))
      await post({ url, headers, body, fetch, clock, deadlineMs })
    },
  }
}

const reveal = async (key: Key): Promise<string> => revealSecret(typeof key === 'function' ? await key() : key)

/** The platform's own complaint about a header would quote the key. */
function setHeader(headers: Headers, name: string, value: string): void {
  if (!/^[\x20-\x7e]+$/.test(value)) throw new TypeError(`createRelay: what was given for ${name} cannot be sent in a header`)
  headers.set(name, value)
}

function checkUrl(input: string): string {
  const url = URL.canParse(input) ? new URL(input) : null
  const safe = url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))
  if (!safe || url.username !== '' || url.password !== '' || url.hash !== '')
    throw new TypeError('createRelay: url must be an https address without a user or a password (http only on localhost)')
  return url.href
}
