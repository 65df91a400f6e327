import { Hono } from 'hono'
import { z } from 'zod/mini'
import type { MicrosoftWorld } from '../microsoft/world/microsoft-world.ts'
import type { World } from '../state/world.ts'
import { readFields, readMail, reply, splitList } from './read-fields.ts'

const list = z.union([z.string(), z.array(z.string())])
/** A JSON value, or a checkbox. */
const flag = z.optional(z.union([z.boolean(), z.stringbool()]))
const userFields = z.object({ address: z.string(), name: z.optional(z.string()), admin: flag })
const policyFields = z.object({
  userConsent: z.optional(z.enum(['allowed', 'admin_only'])),
  signIn: z.optional(z.enum(['open', 'mfa_required', 'blocked'])),
  smtpAuth: flag,
})
const accessFields = z.object({ to: z.string(), fullAccess: flag, sendAs: flag, sendOnBehalf: flag })

/** Directories, people, shared mailboxes and apps. */
export function createMicrosoftRoutes(world: World, microsoft: MicrosoftWorld): Hono {
  const app = new Hono()
  const nameOf = ({ name }: { name?: string | undefined }) => (name ? { name } : {})

  app.get('/microsoft', () => {
    const { directories, apps, recipients } = world.state.microsoft
    return Response.json({
      directories: directories.map(({ directoryId, domain }) => ({ directoryId, domain })),
      apps: apps.map(({ clientId, directoryId, name, redirectUris }) => ({ clientId, directoryId, name, redirectUris })),
      recipients: recipients.map(({ id, kind, address, directoryId }) => ({ id, kind, address, directoryId })),
      subscriptions: microsoft.subscriptions(),
    })
  })
  app.post('/directories', async (context) => {
    const { domain } = await readFields(context, z.object({ domain: z.string() }))
    return reply(context, microsoft.createDirectory({ domain }), 'microsoft', 201)
  })
  app.post('/directories/:id/policy', async (context) => {
    const id = context.req.param('id')
    const { userConsent, signIn, smtpAuth } = await readFields(context, policyFields)
    if (userConsent !== undefined) microsoft.setUserConsent(id, userConsent)
    if (signIn !== undefined) microsoft.setSignInPolicy(id, signIn)
    if (smtpAuth !== undefined) microsoft.setSmtpAuth(id, smtpAuth)
    return reply(context, {}, 'microsoft')
  })
  app.post('/directories/:id/apps', async (context) => {
    const { redirectUris, name } = await readFields(context, z.object({ redirectUris: list, name: z.optional(z.string()) }))
    const made = microsoft.registerApp({ directoryId: context.req.param('id'), redirectUris: splitList(redirectUris), ...nameOf({ name }) })
    return reply(context, made, 'microsoft', 201)
  })
  app.post('/apps/:clientId/secrets', (context) => reply(context, microsoft.addSecret(context.req.param('clientId')), 'microsoft', 201))
  app.post('/apps/:clientId/secrets/:secretId/remove', (context) => {
    microsoft.removeSecret(context.req.param('clientId'), context.req.param('secretId'))
    return reply(context, {}, 'microsoft')
  })
  app.post('/apps/:clientId/delete', (context) => {
    microsoft.deleteApp(context.req.param('clientId'))
    return reply(context, {}, 'microsoft')
  })
  app.post('/users', async (context) => {
    const { address, name, admin = false } = await readFields(context, userFields)
    return reply(context, microsoft.createUser({ address, admin, ...nameOf({ name }) }), 'microsoft', 201)
  })
  app.post('/users/:address/revoke-sessions', (context) => {
    microsoft.revokeSessions(context.req.param('address'))
    return reply(context, {}, 'microsoft')
  })
  app.post('/shared-mailboxes', async (context) => {
    const { address } = await readFields(context, z.object({ address: z.string() }))
    return reply(context, microsoft.createSharedMailbox({ address }), `box-${address.toLowerCase()}`, 201)
  })
  app.post('/shared-mailboxes/:address/access', async (context) => {
    const mailbox = context.req.param('address')
    const { to, fullAccess = false, sendAs = false, sendOnBehalf = false } = await readFields(context, accessFields)
    const access = { mailbox, to, fullAccess, sendAs, sendOnBehalf }
    microsoft.grantAccess(access)
    return reply(context, access, `box-${mailbox}`, 201)
  })
  app.post('/microsoft-mailboxes/:address/messages', async (context) => {
    const address = context.req.param('address')
    return reply(context, microsoft.deliverMail(address, await readMail(context)), `box-${address}`, 201)
  })
  return app
}
