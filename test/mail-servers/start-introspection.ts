import { createServer } from 'node:http'
import { findFreePort } from './find-free-port.ts'

/** What the mail servers ask: may the bearer of this token do that? The sandbox answers in the same form. */
export interface Introspection {
  readonly active: boolean
  /** The person whose token it is. */
  readonly user?: string
  /** IMAP: whether that person may open the mailbox that was asked about. */
  readonly mailboxAllowed?: boolean
  /** SMTP: whether that person may sign in as the user that was asked about. */
  readonly mayAuthenticateSmtp?: boolean
}

export interface Grant {
  /** The person whose token it is. */
  readonly user: string
  readonly mailboxes: readonly string[]
}

export interface RunningIntrospection {
  readonly url: string
  /** By token. */
  readonly grants: Map<string, Grant>
  stop(): Promise<void>
}

/** A stand-in for the sandbox's introspection: tokens and what they open, in a map that a test fills. */
export async function startIntrospection(): Promise<RunningIntrospection> {
  const grants = new Map<string, Grant>()
  const answer = (question: URLSearchParams): Introspection => {
    const grant = grants.get(question.get('token') ?? '')
    if (grant === undefined) return { active: false }
    const user = question.get('user') ?? ''
    const mailboxAllowed = grant.mailboxes.includes(question.get('mailbox') ?? '')
    return { active: true, user: grant.user, mailboxAllowed, mayAuthenticateSmtp: grant.user === user }
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer(new URLSearchParams(Buffer.concat(chunks).toString()))))
    })
  })
  const port = await findFreePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}/introspect`,
    grants,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
