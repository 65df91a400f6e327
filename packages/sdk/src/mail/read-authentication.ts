import type { AuthenticationResult, MailAuthentication } from '../model/events.ts'
import { lexResults, type ResultToken } from './lex-results.ts'

const nothing: MailAuthentication = { checkedBy: null, spf: null, dkim: null, dmarc: null }

/** From the gravest to the best. RFC 8601 section 2.7. */
const results: readonly AuthenticationResult[] = ['fail', 'softfail', 'policy', 'permerror', 'temperror', 'neutral', 'none', 'pass']

/**
 * What the receiving server found, from the values of a mail's `Authentication-Results` fields, topmost first (RFC 8601). Only the topmost
 * is read, and only if a trusted server signed for it: the sender can write the others. A header with broken syntax says nothing.
 *
 * One valid DKIM signature is enough, as for DMARC. Two SPF or DMARC results that differ cannot both be the server's: the graver counts.
 */
export function readAuthentication(values: readonly string[], trustedServers: readonly string[]): MailAuthentication {
  const [topmost] = values
  if (topmost === undefined) return nothing
  const said = readHeader(topmost, trustedServers, false)
  if (said === null) return nothing
  // Servers repeat the sender's address in comments. If its quotes change what is read, only what both readings say is believed.
  const quoted = readHeader(topmost, trustedServers, true)
  if (quoted === null) return said
  return {
    checkedBy: said.checkedBy,
    spf: weaker(said.spf, quoted.spf),
    dkim: weaker(said.dkim, quoted.dkim),
    dmarc: weaker(said.dmarc, quoted.dmarc),
  }
}

function readHeader(value: string, trustedServers: readonly string[], quotesInComments: boolean): MailAuthentication | null {
  const [server, ...statements] = lexResults(value, quotesInComments) ?? []
  const checkedBy = server === undefined ? null : readServer(server, trustedServers)
  if (checkedBy === null) return null
  const found = statements.flatMap((statement) => readStatement(statement) ?? [])
  const of = (method: string) => found.flatMap((entry) => (entry.method === method ? [entry.result] : []))
  const dkim = of('dkim')
  return { checkedBy, spf: gravest(of('spf')), dkim: dkim.includes('pass') ? 'pass' : gravest(dkim), dmarc: gravest(of('dmarc')) }
}

/** `authserv-id [version]`; a version other than 1 means something that we do not know. */
function readServer([id, version, ...rest]: readonly ResultToken[], trustedServers: readonly string[]): string | null {
  if (id === undefined || (id.kind !== 'word' && id.kind !== 'quoted') || rest.length > 0) return null
  if (version !== undefined && (version.kind !== 'word' || version.text !== '1')) return null
  const name = id.text.toLowerCase()
  return trustedServers.some((server) => server.toLowerCase() === name) ? name : null
}

/** `method ["/" version] "=" result`, with a reason and properties after it that we do not need. */
function readStatement(tokens: readonly ResultToken[]): { method: string; result: AuthenticationResult } | null {
  const [method, slash, version] = tokens
  if (method?.kind !== 'word') return null
  const hasVersion = slash?.kind === '/'
  if (hasVersion && (version?.kind !== 'word' || version.text !== '1')) return null
  const [equals, word, next] = tokens.slice(hasVersion ? 3 : 1)
  if (equals?.kind !== '=' || word?.kind !== 'word' || (next !== undefined && next.kind !== 'word')) return null
  const result = results.find((name) => name === word.text.toLowerCase())
  return result === undefined ? null : { method: method.text.toLowerCase(), result }
}

const gravest = (found: readonly AuthenticationResult[]): AuthenticationResult | null =>
  results.find((name) => found.includes(name)) ?? null

const weaker = (left: AuthenticationResult | null, right: AuthenticationResult | null): AuthenticationResult | null =>
  left === null || right === null ? null : gravest([left, right])
