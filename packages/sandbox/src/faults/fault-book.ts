import type { CallFault } from './call-fault.ts'

/** A fault for the pushes that vendors send. */
export interface PushFault {
  delivery: 'pubsub' | 'calendar' | 'graph'
  times?: number
  /** `latency` is virtual time; `reorder` lets the next push overtake; the rest, Pub/Sub only, spoil the token. */
  kind:
    | 'duplicate'
    | 'reorder'
    | 'drop'
    | 'latency'
    | 'no-token'
    | 'wrong-audience'
    | 'wrong-email'
    | 'wrong-issuer'
    | 'expired'
    | 'unverified'
    | 'bad-signature'
  ms?: number
}

export type Fault = CallFault | PushFault

/** The faults in force. */
export interface FaultBook {
  add(fault: Fault): { remove(): void; hits(): number }
  clear(): void
  /** In force now, oldest first, with an id for the console page. */
  list(): { id: number; fault: Fault; hits: number }[]
  remove(id: number): void
  takeForCall(operation: string, method: string, path: string): CallFault[]
  takeForPush(delivery: PushFault['delivery']): PushFault[]
}

/** Creates an empty book. */
export function createFaultBook(): FaultBook {
  let entries: { id: number; fault: Fault; hits: number }[] = []
  let lastId = 0

  const take = <F extends Fault>(matches: (fault: Fault) => fault is F): F[] =>
    entries.flatMap((entry) => {
      if (!matches(entry.fault) || entry.hits >= (entry.fault.times ?? Infinity)) return []
      entry.hits += 1
      return [entry.fault]
    })

  return {
    add(fault) {
      const entry = { id: ++lastId, fault, hits: 0 }
      entries.push(entry)
      return {
        remove: () => {
          entries = entries.filter((other) => other !== entry)
        },
        hits: () => entry.hits,
      }
    },
    clear: () => {
      entries = []
    },
    list: () => entries.filter(({ fault, hits }) => hits < (fault.times ?? Infinity)),
    remove: (id) => {
      entries = entries.filter((entry) => entry.id !== id)
    },
    takeForCall: (operation, method, path) =>
      take((fault): fault is CallFault => !('delivery' in fault) && hitsCall(fault, operation, method, path)),
    takeForPush: (delivery) => take((fault): fault is PushFault => 'delivery' in fault && fault.delivery === delivery),
  }
}

function hitsCall(fault: CallFault, operation: string, method: string, path: string): boolean {
  if (fault.method && fault.method.toUpperCase() !== method) return false
  if (typeof fault.path === 'string' && !path.includes(fault.path)) return false
  // A global pattern keeps its place between tests; search does not.
  if (fault.path instanceof RegExp && path.search(fault.path) < 0) return false
  if (fault.operation === undefined) return true
  return typeof fault.operation === 'string' ? fault.operation === operation : operation.search(fault.operation) >= 0
}
