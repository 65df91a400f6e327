import type { TroubleBook } from '../faults/trouble-book.ts'
import type { Exchange } from '../world/exchange.ts'
import type { Site } from '../world/truth.ts'

/** A mailbox at Google that lives, or what `given` makes of it. */
export const newSite = (given: Partial<Site> = {}): Site => ({
  tenantId: 'a',
  provider: 'gmail',
  address: 'box@a.test',
  calendarId: '',
  delegate: '',
  connectionId: 'c1',
  state: 'live',
  since: 0,
  kills: [],
  everAway: false,
  everLost: false,
  ...given,
})

/** Its request, which was answered. */
export const newExchange = (given: Partial<Exchange> = {}): Exchange => ({
  at: 0,
  worker: 'worker-1',
  life: 'worker-1/1',
  skewMs: 0,
  service: 'gmail',
  method: 'GET',
  path: '/gmail.googleapis.com/gmail/v1/users/me/history',
  owner: { tenantId: 'a', address: 'box@a.test' },
  resourceTenant: null,
  refreshToken: null,
  grant: null,
  parties: [],
  isServed: true,
  endedAt: null,
  status: 200,
  retryAt: null,
  limit: null,
  ...given,
})

export const calm: Pick<TroubleBook, 'touches'> = { touches: () => false }
export const troubled: Pick<TroubleBook, 'touches'> = { touches: () => true }
