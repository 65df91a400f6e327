import { operations } from '@tenantry/sdk/wire'
import type { Operation, OperationId } from '@tenantry/sdk/wire'

export const operationIds = Object.keys(operations) as OperationId[]

/** Operations that change something, and so are guarded like it. */
export const changingIds = operationIds.filter((operationId) => operations[operationId].method !== 'GET')

const inputs: Readonly<Partial<Record<OperationId, object>>> = {
  'google.save': { projectId: { action: 'replace', value: 'acme-mail-1' } },
  'google.test': { checks: ['topic'] },
  'google.reset': { credentials: 'keep' },
  'google.supportBundle': { addresses: true },
  'microsoft.save': { directoryId: { action: 'replace', value: 'acme.test' } },
  'microsoft.test': { checks: ['client_pair'] },
  'microsoft.reset': { credentials: 'keep' },
  'connections.connect': { provider: 'gmail', settings: { name: 'Support', mailbox: 'support@acme.test' }, returnTo: '/settings' },
  'connections.update': { name: 'Sales' },
  'connections.reconnect': { returnTo: '/settings' },
  'connections.diagnose': { checks: ['grant', 'watch'] },
  'connections.connectAnother': { settings: { name: 'Holidays', calendarId: 'holidays@acme.test' } },
  'connections.supportBundle': { addresses: false },
}

export interface Changes {
  /** `null` leaves a header out. */
  readonly headers?: Readonly<Record<string, string | null>>
  readonly body?: BodyInit
}

/** The input that `requestFor` sends. */
export const inputOf = (operationId: OperationId): object => inputs[operationId] ?? {}

/** A request as the client on the host's page sends it, changed by the test. */
export function requestFor(operationId: OperationId, { headers = {}, body }: Changes = {}, origin = 'https://app.example.com'): Request {
  const { method, path }: Operation = operations[operationId]
  const sent: Record<string, string | null> = {
    cookie: 'session=dana',
    ...(method !== 'GET' && { 'content-type': 'application/json', origin: 'https://app.example.com' }),
    ...headers,
  }
  return new Request(`${origin}/api/tenantry${path.replace(':id', 'c-1')}`, {
    method,
    headers: Object.entries(sent).filter((header): header is [string, string] => header[1] !== null),
    ...(method !== 'GET' && { body: body ?? JSON.stringify(inputOf(operationId)), duplex: 'half' }),
  })
}

/** A body of that many bytes that comes in pieces, without a length. */
export function streamOf(bytes: number): ReadableStream<Uint8Array> {
  const piece = new Uint8Array(16 * 1024).fill(0x20)
  let left = bytes
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(piece.subarray(0, Math.min(left, piece.byteLength)))
      left -= piece.byteLength
      if (left <= 0) controller.close()
    },
  })
}
