import { Hono } from 'hono'
import { z } from 'zod/mini'
import { clientFile } from '../google/projects.ts'
import type { GoogleWorld } from '../google/google-world.ts'
import type { World } from '../state/world.ts'
import { readFields, reply, splitList } from './read-fields.ts'

const list = z.union([z.string(), z.array(z.string())])
const publishing = z.enum(['testing', 'production', 'internal'])
const projectFields = z.object({ projectId: z.optional(z.string()), publishing: z.optional(publishing), redirectUris: z.optional(list) })
const switchFields = z.object({ publishing, verified: z.optional(z.boolean()) })

/** Projects, OAuth clients and service accounts. */
export function createProjectRoutes(world: World, google: GoogleWorld): Hono {
  const app = new Hono()
  const newClient = (projectId: string, redirectUris: string | string[]) => {
    const client = google.createClient({ projectId, redirectUris: splitList(redirectUris) })
    return { clientId: client.clientId, clientSecret: client.clientSecret, clientJson: client.json() }
  }
  app.post('/projects', async (context) => {
    const { projectId, publishing: status, redirectUris } = await readFields(context, projectFields)
    const project = google.createProject({ ...(projectId ? { projectId } : {}), ...(status ? { publishing: status } : {}) })
    return reply(
      context,
      { ...project, ...(redirectUris === undefined ? {} : newClient(project.projectId, redirectUris)) },
      'projects',
      201,
    )
  })
  app.post('/projects/:id/publishing', async (context) => {
    const { publishing: status, verified } = await readFields(context, switchFields)
    google.setPublishing(context.req.param('id'), status, verified === undefined ? {} : { verified })
    return reply(context, { publishing: status }, 'projects')
  })
  app.post('/projects/:id/clients', async (context) => {
    const { redirectUris } = await readFields(context, z.object({ redirectUris: list }))
    return reply(context, newClient(context.req.param('id'), redirectUris), 'projects', 201)
  })
  app.post('/projects/:id/service-accounts', async (context) => {
    const { name } = await readFields(context, z.object({ name: z.optional(z.string()) }))
    const account = await google.createServiceAccount({ projectId: context.req.param('id'), ...(name ? { name } : {}) })
    return reply(context, { email: account.email, keyJson: account.keyJson() }, 'projects', 201)
  })
  app.post('/clients/:clientId/secret', (context) =>
    reply(context, { clientSecret: google.rotateSecret(context.req.param('clientId')) }, 'projects'),
  )
  app.get('/clients/:clientId/client_secret.json', (context) => {
    const client = world.state.clients.find((candidate) => candidate.clientId === context.req.param('clientId'))
    return client ? download(`client_secret_${client.clientId}.json`, clientFile(client)) : context.notFound()
  })
  app.get('/service-accounts/:email/key.json', (context) => {
    const account = world.state.serviceAccounts.find((candidate) => candidate.email === context.req.param('email'))
    const key = account?.keys.at(-1)
    return account && key ? download(`${account.projectId}-${key.keyId.slice(0, 12)}.json`, key.keyFile) : context.notFound()
  })
  return app
}

function download(name: string, text: string): Response {
  return new Response(text, { headers: { 'content-type': 'application/json', 'content-disposition': `attachment; filename="${name}"` } })
}
