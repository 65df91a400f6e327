export interface PolicyBinding {
  role: string
  members: string[]
  /** A condition the sandbox keeps and cannot judge: a binding with one grants nothing. */
  condition?: PolicyCondition
}

export interface PolicyCondition {
  expression: string
  title?: string | undefined
  description?: string | undefined
  location?: string | undefined
}

export interface PolicyState {
  etag: string
  bindings: PolicyBinding[]
}

export interface TopicState {
  name: string
  labels: Record<string, string>
  policy: PolicyState
}

export interface PushConfigState {
  pushEndpoint: string
  oidcToken: { serviceAccountEmail: string; audience: string } | null
}

export interface SubscriptionState {
  name: string
  topic: string
  pushConfig: PushConfigState | null
  ackDeadlineSeconds: number
  retentionSeconds: number
  /** Idle time after which Google deletes it; null: never. */
  ttlSeconds: number | null
  /** Seconds; null: Google's default backoff. */
  retryPolicy: { minimumBackoff: number; maximumBackoff: number } | null
  /** Where messages go that were refused that often; null: they are tried until retention ends. */
  deadLetter: { topic: string; maxDeliveryAttempts: number } | null
  labels: Record<string, string>
  policy: PolicyState
  /** The last accepted push or pull. */
  lastActiveAt: number
  messages: QueuedMessageState[]
}

export interface QueuedMessageState {
  messageId: string
  data: string
  attributes: Record<string, string>
  publishedAt: number
  attempt: number
  /** When it may be delivered (again). */
  dueAt: number
  ackId: string | null
}
