import { isTenantryError } from '@tenantry/sdk'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { streamSSE } from 'hono/streaming'
import { authorize, mayReadHealth } from './authorize.ts'
import { listTickets } from './database/list-tickets.ts'
import { readRevision } from './database/revision.ts'
import { createHealthApi } from './health/create-health-api.ts'
import { createOnCallApi } from './on-call/create-on-call-api.ts'
import type { OnCallParts } from './on-call/create-on-call-api.ts'
import { findPerson, people, toPrincipal } from './people.ts'
import type { Person } from './people.ts'
import { readPost, readText } from './read-post.ts'
import type { Sessions } from './session.ts'

export interface ApiParts extends Omit<OnCallParts, 'requirePerson'> {
  readonly sessions: Sessions
  /** Where the newest verified line of each audit log is kept, outside the database. */
  readonly headsFolder: string
  /** Where sign-ins come back to, for the sandbox's client form. */
  readonly redirectUris: readonly string[]
  /** Ends open streams. */
  readonly stopping: AbortSignal
}

/** What the pages know of the person who looks at them. */
export interface Session {
  readonly person: Person | null
  readonly people: readonly Person[]
  readonly may: {
    readonly readSetup: boolean
    readonly connectMailbox: boolean
    readonly connectCalendar: boolean
    readonly readHealth: boolean
  }
  /** `null` when it is Google itself. */
  readonly sandbox: { readonly url: string; readonly consoleUrl: string } | null
}

const lookEveryMs = 250

/** The helpdesk's own API, for the tenant of whoever is signed in. */
export function createApi({ sessions, headsFolder, redirectUris, stopping, ...parts }: ApiParts): Hono {
  const { baseUrl, database, google, sdk } = parts
  const app = new Hono()
  const sandbox =
    google.sandbox === null
      ? null
      : { url: google.sandbox.origin, consoleUrl: `${google.sandbox.origin}/?redirect=${encodeURIComponent(redirectUris.join(','))}` }

  const requirePerson = async (request: Request): Promise<Person> => {
    const person = await sessions.findPerson(request)
    if (person === null) throw new HTTPException(401, { message: 'unauthenticated' })
    return person
  }

  app.use(bodyLimit({ maxSize: 16_384 }))
  app.use(async (context, next) => {
    await next()
    context.header('cache-control', 'no-store')
  })

  app.onError((error, context) => {
    // A page has the words for a code.
    if (isTenantryError(error))
      return Response.json(
        { error: error.code, values: error.values },
        { status: error.httpStatus, headers: { 'cache-control': 'no-store' } },
      )
    if (error instanceof HTTPException) return context.json({ error: error.message }, error.status)
    throw error
  })

  app.get('/session', async (context) => context.json(describeSession(await sessions.findPerson(context.req.raw), sandbox)))

  app.post('/session', async (context) => {
    const { personId } = await readPost(context, baseUrl)
    const person = findPerson(readText(personId))
    if (person === null) throw new HTTPException(422, { message: 'unknown_person' })
    context.header('set-cookie', await sessions.begin(person))
    return context.json(describeSession(person, sandbox))
  })

  app.get('/tickets', async (context) => {
    const { tenant } = await requirePerson(context.req.raw)
    return context.json({ tickets: await listTickets(database, tenant.id) })
  })

  app.route('/on-call', createOnCallApi({ ...parts, requirePerson }))
  app.route('/health', createHealthApi({ sdk, headsFolder, requirePerson }))

  app.get('/stream', async (context) => {
    const { tenant } = await requirePerson(context.req.raw)
    return streamSSE(context, async (stream) => {
      // The database is asked, because it knows what is committed, and by every process.
      for (let known = -1; !stream.aborted && !stopping.aborted; await stream.sleep(lookEveryMs)) {
        const revision = await readRevision(database, tenant.id)
        if (revision !== known) await stream.writeSSE({ event: 'changed', data: String(revision) })
        known = revision
      }
    })
  })

  app.all('*', () => {
    throw new HTTPException(404, { message: 'not_found' })
  })

  return app
}

const nothing: Session['may'] = { readSetup: false, connectMailbox: false, connectCalendar: false, readHealth: false }

function describeSession(person: Person | null, sandbox: Session['sandbox']): Session {
  if (person === null) return { person, people, may: nothing, sandbox }
  const principal = toPrincipal(person)
  // The same rule that guards Tenantry's verbs, so that nothing is offered that would be refused.
  const mayConnect = (provider: string) =>
    authorize({ principal, action: 'connection.connect', connection: { id: null, provider, ownerUserId: person.id } })
  return {
    person,
    people,
    may: {
      readSetup: authorize({ principal, action: 'google.read', connection: null }),
      connectMailbox: mayConnect('gmail'),
      connectCalendar: mayConnect('google-calendar'),
      readHealth: mayReadHealth(person),
    },
    sandbox,
  }
}
