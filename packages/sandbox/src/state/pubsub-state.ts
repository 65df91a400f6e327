export interface PolicyBinding {
  role: string
  members: string[]
}

export interface TopicState {
  name: string
  labels: Record<string, string>
  policy: { etag: string; version: number; bindings: PolicyBinding[] }
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
  labels: Record<string, string>
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
