import { Hono } from 'hono'
import { z } from 'zod/mini'
import type { GoogleWorld } from '../google/google-world.ts'
import type { World } from '../state/world.ts'
import { readFields, readMail, reply } from './read-fields.ts'

const accountFields = z.object({ address: z.string(), name: z.optional(z.string()) })

/** Accounts and their mail. */
export function createAccountRoutes(world: World, google: GoogleWorld): Hono {
  const app = new Hono()
  app.get('/accounts', () => Response.json({ accounts: world.state.accounts.map(({ address, name }) => ({ address, name })) }))
  app.post('/accounts', async (context) => {
    const { address, name } = await readFields(context, accountFields)
    return reply(context, google.createAccount({ address, ...(name ? { name } : {}) }), 'mailboxes', 201)
  })
  app.post('/accounts/:address/messages', async (context) => {
    const address = context.req.param('address')
    return reply(context, google.deliverMail(address, await readMail(context)), `mail-${address}`, 201)
  })
  return app
}
