import type { MailboxPath } from '@tenantry/sdk/ports'

const tokens = ['$skiptoken', '$deltatoken']

/** The path of the delta that a link may continue. */
export function deltaOf(mailbox: MailboxPath): readonly string[] {
  return [...(mailbox.own ? ['me'] : ['users', mailbox.address]), 'mailFolders', 'inbox', 'messages', 'delta']
}

/**
 * The address to follow; `null` when the link is not one of Graph's that continues exactly this path. `graph` is Graph's address with its
 * version. Graph writes paths with slashes or as function calls, in letters of any case, and names the mailbox as it was asked for.
 */
export function followLink(link: string, graph: string, path: readonly string[]): string | null {
  if (!URL.canParse(link)) return null
  const url = new URL(link)
  const base = new URL(graph)
  const elsewhere = url.origin !== base.origin || url.username !== '' || url.password !== '' || url.hash !== ''
  if (elsewhere || !url.pathname.startsWith(`${base.pathname}/`)) return null
  if (![...url.searchParams.keys()].some((name) => tokens.includes(name.toLowerCase()))) return null
  const words = url.pathname
    .slice(base.pathname.length + 1)
    .split('/')
    .flatMap(readSegment)
  return words.length === path.length && words.every((word, at) => word.toLowerCase() === path[at]?.toLowerCase()) ? url.href : null
}

/** `users('a@b')` is `users/a@b`. */
function readSegment(segment: string): readonly string[] {
  const text = decodeSegment(segment)
  const [, name, key] = /^([A-Za-z]+)\('(.*)'\)$/.exec(text) ?? []
  return name === undefined || key === undefined ? [text] : [name, key.replaceAll("''", "'")]
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    // Not UTF-8: no path that we ask for has such a word.
    return ''
  }
}
