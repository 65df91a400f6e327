import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { mayReadHealth } from '../authorize.ts'
import { tenants } from '../people.ts'
import type { Person } from '../people.ts'
import type { HelpdeskTenantry } from '../tenantry.ts'
import { readAuditLog } from './read-audit-log.ts'
import { readHealth } from './read-health.ts'

export interface HealthParts {
  readonly sdk: HelpdeskTenantry
  readonly headsFolder: string
  /** @throws HTTPException when nobody is signed in */
  readonly requirePerson: (request: Request) => Promise<Person>
}

/** How upkeep stands, over all tenants. `sdk.maintenance` and `sdk.audit` ask nobody's rule, so that this door has its own. */
export function createHealthApi({ sdk, headsFolder, requirePerson }: HealthParts): Hono {
  const app = new Hono()

  app.use(async (context, next) => {
    if (!mayReadHealth(await requirePerson(context.req.raw))) throw new HTTPException(403, { message: 'forbidden' })
    await next()
  })

  app.get('/', async (context) => context.json(await readHealth(sdk)))

  app.get('/audit', async (context) => {
    const tenant = tenants.find(({ id }) => id === context.req.query('tenant'))
    if (tenant === undefined) throw new HTTPException(404, { message: 'unknown_tenant' })
    return context.json(await readAuditLog(sdk, headsFolder, tenant.id))
  })

  return app
}
