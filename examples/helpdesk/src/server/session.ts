import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import type { Principal } from '@tenantry/sdk'
import { parseSigned, serializeSigned } from 'hono/utils/cookie'
import { findPerson, toPrincipal } from './people.ts'
import type { Person } from './people.ts'

const cookieName = 'helpdesk_session'

/** Who is signed in: a signed cookie that scripts cannot read. */
export interface Sessions {
  findPerson(request: Request): Promise<Person | null>
  /** The caller's tenant and user, for Tenantry. */
  identify(request: Request): Promise<Principal | null>
  /** Value of a Set-Cookie header. */
  begin(person: Person): Promise<string>
}

/** Sessions under one secret; `secure` for an https address. */
export function createSessions({ secret, secure }: { secret: string; secure: boolean }): Sessions {
  const read = async (request: Request): Promise<Person | null> => {
    const cookies = await parseSigned(request.headers.get('cookie') ?? '', secret, cookieName)
    const id = cookies[cookieName]
    return id ? findPerson(id) : null
  }
  return {
    findPerson: read,
    identify: async (request) => {
      const person = await read(request)
      return person === null ? null : toPrincipal(person)
    },
    begin: ({ id }) => serializeSigned(cookieName, id, secret, { httpOnly: true, sameSite: 'Lax', path: '/', secure }),
  }
}

/** The secret in this file, which is made when it is absent: people stay signed in over a restart. */
export async function readSessionSecret(path: string): Promise<string> {
  const saved = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (saved !== null) return saved
  const secret = randomBytes(32).toString('base64url')
  await writeFile(path, secret, { mode: 0o600, flag: 'wx' })
  return secret
}
