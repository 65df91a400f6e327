import { TenantryError } from '../../../errors/index.ts'
import type { PushRequest } from '../../provider.ts'

const maxLength = 1024

/**
 * The token that Graph wants to see again before it opens a subscription, answered within ten seconds and so before anything is looked up. Only
 * a question with an empty body is one, and what could be more than a token is not repeated to anybody.
 * Source: learn.microsoft.com, "Receive change notifications through webhooks".
 * @throws `invalid_input` for a question that is none
 */
export function answerGraphHandshake({ query, body }: PushRequest): string | null {
  const tokens = query?.getAll('validationToken') ?? []
  const [token] = tokens
  if (token === undefined) return null
  const isPlain = /^[^\p{Cc}\p{Cs}<>&"'`]+$/u.test(token)
  if (tokens.length > 1 || body.byteLength > 0 || token.length > maxLength || !isPlain)
    throw new TenantryError('invalid_input', { field: 'validationToken' })
  return token
}
