import { isTenantryError } from '@tenantry/sdk'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { streamSSE } from 'hono/streaming'
import { authorize, mayReadHealth } from './authorize.ts'
import { readRevision } from './database/revision.ts'
import { createHealthApi } from './health/create-health-api.ts'
import { createOnCallApi } from './on-call/create-on-call-api.ts'
import type { OnCallParts } from './on-call/create-on-call-api.ts'
import { findPerson, people, toPrincipal } from './people.ts'
import type { Person } from './people.ts'
import { readPost, readText } from './read-post.ts'
import type { Sessions } from './session.ts'
import { createTicketsApi } from './tickets/create-tickets-api.ts'

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
    readonly readMicrosoft: boolean
    readonly connectMailbox: boolean
    readonly connectSharedMailbox: boolean
    readonly connectCalendar: boolean
    readonly readHealth: boolean
  }
  /** `null` when Google and Microsoft are the real ones. */
  readonly sandbox: { readonly url: string; readonly consoleUrl: string } | null
}

const lookEveryMs = 250

/** The helpdesk's own API, for the tenant of whoever is signed in. */
export function createApi({ sessions, headsFolder, redirectUris, stopping, ...parts }: ApiParts): Hono {
  const { baseUrl, vendors, sdk } = parts
  const app = new Hono()
  const sandbox =
    vendors.sandbox === null
      ? null
      : { url: vendors.sandbox.origin, consoleUrl: `${vendors.sandbox.origin}/?redirect=${encodeURIComponent(redirectUris.join(','))}` }

  const describe = (person: Person | null): Session => describeSession(person, sandbox, vendors.hasMicrosoft)
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

  app.get('/session', async (context) => context.json(describe(await sessions.findPerson(context.req.raw))))

  app.post('/session', async (context) => {
    const { personId } = await readPost(context, baseUrl)
    const person = findPerson(readText(personId))
    if (person === null) throw new HTTPException(422, { message: 'unknown_person' })
    context.header('set-cookie', await sessions.begin(person))
    return context.json(describe(person))
  })

  app.route('/tickets', createTicketsApi({ ...parts, requirePerson }))
  app.route('/on-call', createOnCallApi({ ...parts, requirePerson }))
  app.route('/health', createHealthApi({ sdk, headsFolder, requirePerson }))

  app.get('/stream', async (context) => {
    const { tenant } = await requirePerson(context.req.raw)
    return streamSSE(context, async (stream) => {
      // The database is asked, because it knows what is committed, and by every process.
      for (let known = -1; !stream.aborted && !stopping.aborted; await stream.sleep(lookEveryMs)) {
        const revision = await readRevision(parts.database, tenant.id)
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

const nothing: Session['may'] = {
  readSetup: false,
  readMicrosoft: false,
  connectMailbox: false,
  connectSharedMailbox: false,
  connectCalendar: false,
  readHealth: false,
}

function describeSession(person: Person | null, sandbox: Session['sandbox'], hasMicrosoft: boolean): Session {
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
      readMicrosoft: hasMicrosoft && authorize({ principal, action: 'microsoft.read', connection: null }),
      connectMailbox: mayConnect('gmail'),
      connectSharedMailbox: hasMicrosoft && mayConnect('microsoft-shared-mailbox'),
      connectCalendar: mayConnect('google-calendar'),
      readHealth: mayReadHealth(person),
    },
    sandbox,
  }
}
