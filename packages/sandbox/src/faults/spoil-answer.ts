import { ConnectionReset } from '../http/connection-reset.ts'
import type { CallFault } from './call-fault.ts'

/** Node's name for a body that broke off; the server then just hangs up. */
const PREMATURE_CLOSE = 'ERR_STREAM_PREMATURE_CLOSE'

/** What a fault makes of the answer that Google gave. */
export async function spoilAnswer(fault: CallFault, response: Response): Promise<Response> {
  switch (fault.kind) {
    case 'lose-response':
      await response.body?.cancel()
      throw new ConnectionReset()
    case 'rewrite':
      return rewrite(fault, response)
    case 'cut':
      return withBody(response, cut(await bytesOf(response), fault.bytes), { 'transfer-encoding': 'chunked' })
    case 'drip':
      return withBody(response, drip(await bytesOf(response), fault.ms ?? 1000))
    default:
      return response
  }
}

async function rewrite({ fields = {}, omit = [] }: CallFault, response: Response): Promise<Response> {
  const answer: unknown = await response.json()
  const kept = Object.entries(typeof answer === 'object' && answer !== null ? answer : {}).filter(([name]) => !omit.includes(name))
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  return Response.json({ ...Object.fromEntries(kept), ...fields }, { status: response.status, headers })
}

/** The head promises all of it. */
function cut(whole: Uint8Array, after = Math.floor(whole.length / 2)): ReadableStream<Uint8Array> {
  let sent = false
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!sent) {
          sent = true
          return controller.enqueue(whole.slice(0, after))
        }
        // Later than the first part, which must be on its way by then.
        await new Promise((resolve) => setTimeout(resolve))
        controller.error(Object.assign(new ConnectionReset(), { code: PREMATURE_CLOSE }))
      },
    },
    { highWaterMark: 0 },
  )
}

function drip(whole: Uint8Array, everyMs: number): ReadableStream<Uint8Array> {
  let at = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) =>
        new Promise((resolve) => {
          timer = setTimeout(() => {
            if (at < whole.length) controller.enqueue(whole.slice(at, at + 1))
            at += 1
            if (at >= whole.length) controller.close()
            resolve()
          }, everyMs)
        }),
      cancel: () => clearTimeout(timer),
    },
    { highWaterMark: 0 },
  )
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer())
}

function withBody(response: Response, body: ReadableStream<Uint8Array>, more: Record<string, string> = {}): Response {
  return new Response(body, { status: response.status, headers: { ...Object.fromEntries(response.headers), ...more } })
}
