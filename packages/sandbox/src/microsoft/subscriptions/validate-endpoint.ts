import { sendAndRead } from '../../push/send-push.ts'
import type { World } from '../../state/world.ts'
import { GraphError } from '../graph/graph-error.ts'

const TIMEOUT = 10_000

/** Asks an endpoint to repeat a token. @throws GraphError 400 InvalidRequest when it does not within ten seconds */
export async function validateEndpoint(world: World, url: string): Promise<void> {
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${crypto.randomUUID()}`
  const target = new URL(url)
  // What the client put into its own query string stays as it was written.
  const asked = `${target.origin}${target.pathname}${target.search === '' ? '?' : `${target.search}&`}validationToken=${encodeURIComponent(token)}`
  const answer = await sendAndRead(world, {
    kind: 'graph',
    url: asked,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: '',
    attempt: 1,
    timeoutMs: TIMEOUT,
  })
  if (answer === null) throw refused('The request timed out or the endpoint could not be reached.')
  if (answer.status !== 200) throw refused(`HTTP status code is '${answer.status}'.`)
  if (!/^text\/plain\b/i.test(answer.contentType)) throw refused('Content-Type must be text/plain.')
  if (answer.text !== token) throw refused('The validation token was not returned.')
}

function refused(why: string): GraphError {
  return new GraphError(
    400,
    'InvalidRequest',
    `Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request. ${why}`,
  )
}
