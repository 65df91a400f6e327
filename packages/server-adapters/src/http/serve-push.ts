import type { Door } from './handler-options.ts'
import { readBody } from './read-body.ts'
import { respondEmpty, respondProblem } from './respond.ts'
import { toProblem } from './to-problem.ts'

export interface PushRoute {
  readonly path: string
  readonly key: string
}

/** Hands a notification to the sdk, byte for byte: no session, no origin; the sdk authenticates. */
export async function servePush(door: Door, { path, key }: PushRoute, request: Request): Promise<Response> {
  try {
    const body = await readBody(request, door.bodyBytes)
    await door.sdk.push.receive({ path, key, headers: request.headers, body })
    return respondEmpty(204)
  } catch (error) {
    const problem = toProblem(error, door.random.uuid())
    const { code, status, requestId } = problem
    door.logger.log(status >= 500 ? 'error' : 'warn', 'http.push_refused', { code, path, status, requestId })
    // Verified but unreadable: sending it again would not help, so the sender is told to stop.
    return code === 'push_malformed' ? respondEmpty(200) : respondProblem(problem)
  }
}
