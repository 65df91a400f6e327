import type { Owner } from './exchange.ts'
import { mailboxIn } from './mailbox-in.ts'
import type { Truth } from './truth.ts'

/** Whose each credential is, learned from the sign-ins and the answers, and whose each named thing. */
export interface Owners {
  /** A code that a consent gave. */
  learnCode(code: string, owner: Owner): void
  /** Forgets the access tokens that ended. */
  tidy(now: number): void
  /** Of an app that acts for itself, the mailbox that the path names. */
  ofBearer(authorization: string | null, path: string): Owner | null
  ofForm(form: URLSearchParams): { owner: Owner | null; parties: string[] }
  learnAnswer(form: URLSearchParams, body: string, now: number): void
  /** The tenant whose thing a path names. */
  ofPath(path: string): string | null
}

export function createOwners(truth: Truth): Owners {
  const codes = new Map<string, Owner>()
  const refreshTokens = new Map<string, Owner>()
  const accessTokens = new Map<string, { owner: Owner; until: number }>()

  const ofForm: Owners['ofForm'] = (form) => {
    const assertion = form.get('assertion')
    const grant = refreshTokens.get(form.get('refresh_token') ?? '') ?? codes.get(form.get('code') ?? '') ?? serviceAccountOf(assertion)
    const client = truth.tenantByClient(form.get('client_id') ?? '')?.id
    const app = isAppGrant(form) && client !== undefined ? { tenantId: client, address: null } : null
    return { owner: grant ?? app, parties: [grant?.tenantId, client].filter((party) => party !== undefined) }
  }
  const serviceAccountOf = (assertion: string | null): Owner | null => {
    const claims = assertion?.split('.')[1]
    if (claims === undefined) return null
    const { iss = '' } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iss?: string }
    const tenant = truth.tenantByProject(iss.split('@')[1]?.split('.')[0] ?? '')
    return tenant === undefined ? null : { tenantId: tenant.id, address: null }
  }

  return {
    learnCode: (code, owner) => void codes.set(code, owner),
    tidy(now) {
      for (const [token, { until }] of accessTokens) if (until < now) accessTokens.delete(token)
    },
    ofBearer(authorization, path) {
      const owner = accessTokens.get(authorization?.replace(/^Bearer /, '') ?? '')?.owner ?? null
      const mailbox = namedIn(path)
      return owner === null || mailbox === null ? owner : { ...owner, address: mailbox }
    },
    ofForm,
    learnAnswer(form, body, now) {
      const { owner } = ofForm(form)
      if (owner === null || !body.startsWith('{')) return
      const { access_token: access, refresh_token: refresh } = JSON.parse(body) as { access_token?: string; refresh_token?: string }
      if (access !== undefined) accessTokens.set(access, { owner, until: now + 2 * 3_600_000 })
      if (refresh !== undefined) refreshTokens.set(refresh, owner)
    },
    ofPath(path) {
      const mailbox = namedIn(path)
      if (mailbox !== null) return truth.sharedMailbox(mailbox)?.tenantId ?? null
      const calendarId = /\/calendars\/([^/]+)/.exec(path)?.[1] ?? /\/calendarList\/([^/]+)/.exec(path)?.[1]
      if (calendarId !== undefined) return truth.calendar(decodeURIComponent(calendarId))?.tenantId ?? null
      const messageId = /\/messages\/([^/?]+)/.exec(path)?.[1]
      if (messageId !== undefined) return truth.items.get(messageId)?.site.tenantId ?? null
      const projectId = /pubsub\.googleapis\.com\/v1\/projects\/([^/]+)/.exec(path)?.[1]
      return projectId === undefined ? null : (truth.tenantByProject(projectId)?.id ?? null)
    },
  }
}

export const isAppGrant = (form: URLSearchParams): boolean => form.get('grant_type') === 'client_credentials'

/** As requests to Graph name it. */
const namedIn = (path: string): string | null => (path.startsWith('/graph.microsoft.com/') ? mailboxIn(path) : null)
