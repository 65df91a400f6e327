/** A Graph subscription. */
export interface SubscriptionState {
  id: string
  clientId: string
  directoryId: string
  /** Object id of the person who created it; null for the app itself. */
  creator: string | null
  /** As the client wrote it. */
  resource: string
  changeType: string
  notificationUrl: string
  lifecycleUrl: string | null
  clientState: string | null
  /** Object id of the mailbox. */
  mailbox: string
  /** null: all folders. */
  folder: string | null
  immutableIds: boolean
  expiresAt: number
  /** Waits for reauthorization: nothing is sent meanwhile. */
  paused: boolean
}

/** One post to an endpoint, until it is accepted or given up. */
export interface NotificationState {
  id: string
  subscriptionId: string
  url: string
  items: Record<string, unknown>[]
  attempt: number
  createdAt: number
  dueAt: number
}
