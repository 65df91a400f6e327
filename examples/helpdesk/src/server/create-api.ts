import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { streamSSE } from 'hono/streaming'
import { authorize } from './authorize.ts'
import { listShifts } from './database/list-shifts.ts'
import { listTickets } from './database/list-tickets.ts'
import { readRevision } from './database/revision.ts'
import type { HelpdeskDatabase } from './database/tables.ts'
import { findPerson, people, toPrincipal } from './people.ts'
import type { Person } from './people.ts'
import type { Sessions } from './session.ts'
import type { GoogleSide } from './start-google.ts'

export interface ApiParts {
  readonly baseUrl: string
  readonly database: HelpdeskDatabase
  readonly sessions: Sessions
  readonly google: GoogleSide
  /** Where sign-ins come back to, for the sandbox's client form. */
  readonly redirectUris: readonly string[]
  /** Ends open streams. */
  readonly stopping: AbortSignal
}

/** What the pages know of the person who looks at them. */
export interface Session {
  readonly person: Person | null
  readonly people: readonly Person[]
  readonly may: { readonly readSetup: boolean; readonly connectMailbox: boolean; readonly connectCalendar: boolean }
  /** `null` when it is Google itself. */
  readonly sandbox: { readonly url: string; readonly consoleUrl: string } | null
}

const lookEveryMs = 250

/** The helpdesk's own API, for the tenant of whoever is signed in. */
export function createApi({ baseUrl, database, sessions, google, redirectUris, stopping }: ApiParts): Hono {
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

  app.use(async (context, next) => {
    await next()
    context.header('cache-control', 'no-store')
  })

  app.onError((error, context) => {
    if (error instanceof HTTPException) return context.json({ error: error.message }, error.status)
    throw error
  })

  app.get('/session', async (context) => context.json(describeSession(await sessions.findPerson(context.req.raw), sandbox)))

  app.post('/session', async (context) => {
    // Another site must not switch the person; a form cannot send JSON.
    if (context.req.header('origin') !== baseUrl) throw new HTTPException(403, { message: 'origin_not_allowed' })
    if (!context.req.header('content-type')?.startsWith('application/json'))
      throw new HTTPException(415, { message: 'unsupported_media_type' })
    const { personId } = await context.req.json<{ personId?: unknown }>()
    const person = findPerson(String(personId))
    if (person === null) throw new HTTPException(422, { message: 'unknown_person' })
    context.header('set-cookie', await sessions.begin(person))
    return context.json(describeSession(person, sandbox))
  })

  app.get('/tickets', async (context) => {
    const { tenant } = await requirePerson(context.req.raw)
    return context.json({ tickets: await listTickets(database, tenant.id) })
  })

  app.get('/on-call', async (context) => {
    const { tenant } = await requirePerson(context.req.raw)
    return context.json(await listShifts(database, tenant.id, google.clock.now()))
  })

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

function describeSession(person: Person | null, sandbox: Session['sandbox']): Session {
  if (person === null) return { person, people, may: { readSetup: false, connectMailbox: false, connectCalendar: false }, sandbox }
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
    },
    sandbox,
  }
}
