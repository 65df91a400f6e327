/** A Gmail watch: one per mailbox and developer project. */
export interface WatchState {
  address: string
  projectId: string
  topicName: string
  labelIds: string[]
  labelFilterBehavior: 'include' | 'exclude'
  expiresAt: number
  /** When the last change was announced; epoch ms. */
  notifiedAt: number | null
}

/** A Calendar push channel. */
export interface ChannelState {
  id: string
  clientId: string
  address: string
  calendarId: string
  resourceId: string
  resourceUri: string
  url: string
  token: string | null
  expiresAt: number
  lastMessageNumber: number
  /** Messages not yet accepted by the receiver. */
  pending: { number: number; resourceState: 'sync' | 'exists' | 'not_exists'; attempt: number; dueAt: number }[]
}
