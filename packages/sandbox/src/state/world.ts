import type { VirtualClock } from '../clock/virtual-clock.ts'
import type { FaultBook } from '../faults/fault-book.ts'
import type { PubSubBackend } from '../pubsub/pubsub-backend.ts'
import type { Background } from './background.ts'
import type { SandboxState } from './sandbox-state.ts'

/** Every call a client made, as it arrived. */
export interface RecordedRequest {
  /** Virtual epoch ms. */
  at: number
  /** For example `oauth.token`, `gmail.messages.get`; `unknown` when Google has no such endpoint. */
  operation: string
  method: string
  url: string
  headers: Record<string, string>
  body: string
  /** 0: still running, or the connection was reset. */
  status: number
  /** Real epoch ms, with fractions. */
  startedAt: number
  /** Likewise, when the answer or the end of the connection was decided; null while it runs. */
  endedAt: number | null
}

/** Every push attempt. */
export interface RecordedDelivery {
  /** Virtual epoch ms. */
  at: number
  kind: 'pubsub' | 'calendar' | 'graph'
  /** The public address, before any tunnel. */
  url: string
  headers: Record<string, string>
  body: string
  status?: number
  error?: string
  /** 1 for the first attempt. */
  attempt: number
}

/** What every part of the fake Google works on. */
export interface World {
  readonly state: SandboxState
  readonly clock: VirtualClock
  readonly origin: string
  readonly network: Record<string, string>
  readonly deliver: (request: Request) => Promise<Response>
  readonly faults: FaultBook
  readonly requests: RecordedRequest[]
  readonly deliveries: RecordedDelivery[]
  readonly background: Background
  readonly pubsub: PubSubBackend
  /** Something worth saving happened. */
  changed(): void
}
