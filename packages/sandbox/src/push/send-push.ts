import type { RecordedDelivery, World } from '../state/world.ts'

/** One attempt to reach a receiver. */
export interface Push {
  kind: 'pubsub' | 'calendar'
  url: string
  headers: Record<string, string>
  body: string
  attempt: number
  timeoutMs: number
}

/** The receiver's HTTP status; null when it could not be reached. */
export type PushStatus = number | null

/** Sends one push through the tunnel, and records what came of it. */
export async function sendPush(world: World, push: Push): Promise<PushStatus> {
  const { kind, url, headers, body, attempt } = push
  const record: RecordedDelivery = { at: world.clock.now(), kind, url, headers, body, attempt }
  try {
    const response = await world.deliver(createRequest(world, push))
    await response.body?.cancel()
    record.status = response.status
    return response.status
  } catch (failure) {
    record.error = failure instanceof Error ? failure.message : String(failure)
    return null
  } finally {
    world.deliveries.push(record)
    world.changed()
  }
}

function createRequest(world: World, push: Push): Request {
  const url = new URL(push.url)
  const target = world.network[url.origin]
  return new Request(target ? new URL(url.pathname + url.search, target) : url, {
    method: 'POST',
    headers: push.headers,
    body: push.body,
    // Google follows no redirect of a receiver.
    redirect: 'manual',
    signal: AbortSignal.timeout(push.timeoutMs),
  })
}

/** Google's idea of "accepted". */
export function isAccepted(status: PushStatus): boolean {
  return status !== null && [102, 200, 201, 202, 204].includes(status)
}
