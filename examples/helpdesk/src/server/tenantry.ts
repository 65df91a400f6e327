import { createTenantry, gmail, googleCalendar, microsoftSharedMailbox } from '@tenantry/sdk'
import type { ConnectionChanged, HandlerContext } from '@tenantry/sdk'
import type { KeyProvider } from '@tenantry/sdk/ports'
import { createNodeCrypto } from '@tenantry/server-adapters/crypto/node'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { createInProcessJobs } from '@tenantry/server-adapters/jobs/in-process'
import { createMailComposer } from '@tenantry/server-adapters/mail/compose'
import { createMicrosoftGateway } from '@tenantry/server-adapters/microsoft'
import { createPostgresSecrets } from '@tenantry/server-adapters/secrets/postgres'
import type { PostgresStore } from '@tenantry/server-adapters/store/postgres'
import { authorize } from './authorize.ts'
import { dropEvents } from './database/drop-events.ts'
import { keepEvent } from './database/keep-event.ts'
import { keepMail } from './database/keep-mail.ts'
import { raiseRevision } from './database/revision.ts'
import type { HelpdeskTransaction } from './database/tables.ts'
import { createLogger } from './log.ts'
import type { Vendors } from './start-vendors.ts'

export interface TenantryParts {
  readonly baseUrl: string
  readonly vendors: Vendors
  readonly store: PostgresStore
  readonly keys: KeyProvider
}

export type HelpdeskTenantry = ReturnType<typeof createHelpdeskTenantry>

/** All that the helpdesk does to have its tenants' mail and calendars. */
export function createHelpdeskTenantry({ baseUrl, vendors, store, keys }: TenantryParts) {
  const { endpoints, clock, pushUrl, hasMicrosoft } = vendors
  const environment = 'helpdesk'
  const crypto = createNodeCrypto()
  const logger = createLogger()
  const google = createGoogleGateway({ crypto, clock, ...(endpoints && { endpoints: endpoints.google }) })
  const microsoft = createMicrosoftGateway({ clock, ...(endpoints && { endpoints: endpoints.microsoft }) })

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
    providers: {
      gmail: gmail({ google }),
      calendar: googleCalendar({ google }),
      ...(hasMicrosoft && { sharedMailbox: microsoftSharedMailbox({ microsoft, mail: { composer: createMailComposer() } }) }),
    },
    on: {
      'message.received': (event, { transaction }) => keepMail(transaction as HelpdeskTransaction, event),
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
