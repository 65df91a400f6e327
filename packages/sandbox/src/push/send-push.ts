import type { RecordedDelivery, World } from '../state/world.ts'

/** One attempt to reach a receiver. */
export interface Push {
  kind: RecordedDelivery['kind']
  url: string
  headers: Record<string, string>
  body: string
  attempt: number
  timeoutMs: number
}

/** The receiver's HTTP status; null when it could not be reached. */
export type PushStatus = number | null

/** Sends one push through the tunnel, and records what came of it. */
export function sendPush(world: World, push: Push): Promise<PushStatus> {
  return send(world, push, async (response) => {
    await response.body?.cancel()
    return response.status
  })
}

/** Likewise, for a receiver whose answer counts; null when it could not be reached. */
export function sendAndRead(world: World, push: Push): Promise<{ status: number; contentType: string; text: string } | null> {
  return send(world, push, async (response) => ({
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    text: await response.text(),
  }))
}

async function send<T>(world: World, push: Push, read: (response: Response) => Promise<T>): Promise<T | null> {
  const { kind, url, headers, body, attempt } = push
  const record: RecordedDelivery = { at: world.clock.now(), kind, url, headers, body, attempt }
  try {
    const response = await world.deliver(createRequest(world, push))
    record.status = response.status
    return await read(response)
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
    // No vendor follows a redirect of a receiver.
    redirect: 'manual',
    signal: AbortSignal.timeout(push.timeoutMs),
  })
}

/** A vendor's idea of "accepted". */
export function isAccepted(status: PushStatus): boolean {
  return status !== null && [102, 200, 201, 202, 204].includes(status)
}
