import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod/mini'
import type { GoogleWorld, Mail } from '../google/google-world.ts'
import type { World } from '../state/world.ts'
import { readFields, reply } from './read-fields.ts'

const accountFields = z.object({ address: z.string(), name: z.optional(z.string()) })
const mailFields = z.object({
  from: z.optional(z.string()),
  subject: z.optional(z.string()),
  text: z.optional(z.string()),
  eml: z.optional(z.instanceof(File)),
})

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

async function readMail(context: Context): Promise<Mail> {
  if (context.req.header('content-type')?.startsWith('message/rfc822')) return { eml: new Uint8Array(await context.req.arrayBuffer()) }
  const { from, subject, text, eml } = await readFields(context, mailFields)
  if (eml && eml.size > 0) return { eml: new Uint8Array(await eml.arrayBuffer()) }
  return { from: from || 'Kim Customer <kim@customer.test>', subject: subject ?? '', text: text ?? '' }
}
