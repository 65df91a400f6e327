import { createTenantry, gmail, googleCalendar } from '@tenantry/sdk'
import type { ConnectionChanged, HandlerContext } from '@tenantry/sdk'
import type { KeyProvider } from '@tenantry/sdk/ports'
import { createNodeCrypto } from '@tenantry/server-adapters/crypto/node'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { createInProcessJobs } from '@tenantry/server-adapters/jobs/in-process'
import { createPostgresSecrets } from '@tenantry/server-adapters/secrets/postgres'
import type { PostgresStore } from '@tenantry/server-adapters/store/postgres'
import { authorize } from './authorize.ts'
import { dropEvents } from './database/drop-events.ts'
import { keepEvent } from './database/keep-event.ts'
import { raiseRevision } from './database/revision.ts'
import type { HelpdeskTransaction } from './database/tables.ts'
import { writeTicket } from './database/write-ticket.ts'
import { createLogger } from './log.ts'
import type { GoogleSide } from './start-google.ts'

export interface TenantryParts {
  readonly baseUrl: string
  readonly google: GoogleSide
  readonly store: PostgresStore
  readonly keys: KeyProvider
}

export type HelpdeskTenantry = ReturnType<typeof createHelpdeskTenantry>

/** All that the helpdesk does to have its tenants' mail and calendars. */
export function createHelpdeskTenantry({ baseUrl, google: { endpoints, clock, pushUrl }, store, keys }: TenantryParts) {
  const environment = 'helpdesk'
  const crypto = createNodeCrypto()
  const logger = createLogger()
  const google = createGoogleGateway({ crypto, clock, ...(endpoints && { endpoints }) })

  return createTenantry({
    baseUrl,
    ...(pushUrl && { pushUrl }),
    environment,
    store,
    secrets: createPostgresSecrets({ database: store.database, dataKeys: store.dataKeys, keys, crypto, clock, environment }),
    keys,
    jobs: createInProcessJobs({ clock, logger }),
    crypto,
    clock,
    logger,
    authorize,
    providers: { gmail: gmail({ google }), calendar: googleCalendar({ google }) },
    on: {
      'message.received': (event, { transaction }) => writeTicket(transaction as HelpdeskTransaction, event),
      'calendar.changed': (event, { transaction }) => keepEvent(transaction as HelpdeskTransaction, event, clock.now()),
      'connection.connected': showConnection,
      'connection.degraded': showConnection,
      'connection.needs_reauth': showConnection,
      'connection.blocked_by_app': showConnection,
      'connection.disconnected': (event, { transaction }) => dropEvents(transaction as HelpdeskTransaction, event),
    },
  })
}

/** Open pages look again; a product would also tell whoever can act. */
function showConnection(event: ConnectionChanged, { transaction }: HandlerContext): Promise<void> {
  return raiseRevision(transaction as HelpdeskTransaction, event.tenantId)
}
