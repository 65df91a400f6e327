import { TenantryError } from '../../../errors/index.ts'

/** A place in the inbox: after a delta of Graph, before a UID of IMAP, or at a time where neither is known yet. */
export type MailCursor =
  | { readonly kind: 'delta'; readonly link: string }
  /** Epoch milliseconds. Of either way to receive, until the inbox was read for the first time. */
  | { readonly kind: 'since'; readonly since: number }
  | { readonly kind: 'imap'; readonly uidValidity: number; readonly uid: number }

/** Longer than any link that Graph was seen to give. */
const maxLinkLength = 16_384

/** @throws `provider_unavailable` for a link that no row should hold */
export function writeCursor(cursor: MailCursor): string {
  switch (cursor.kind) {
    case 'delta':
      return `delta:${parseLink(cursor.link)}`
    case 'since':
      return `since:${cursor.since}`
    case 'imap':
      return `imap:${cursor.uidValidity}:${cursor.uid}`
  }
}

/** A place in the feed that is read now. One of another way to receive is lost, and what came since is searched by its time. @throws `cursor_expired` */
export function readCursor<Kind extends MailCursor['kind']>(text: string, ...kinds: readonly Kind[]): Extract<MailCursor, { kind: Kind }> {
  const cursor = parse(text)
  if (cursor === null || !kinds.some((kind) => kind === cursor.kind)) throw new TenantryError('cursor_expired')
  return cursor as Extract<MailCursor, { kind: Kind }>
}

/** @throws `provider_unavailable` */
export function parseLink(link: string): string {
  if (link.length > maxLinkLength) throw new TenantryError('provider_unavailable')
  return link
}

function parse(text: string): MailCursor | null {
  if (text.startsWith('delta:')) return { kind: 'delta', link: text.slice('delta:'.length) }
  const since = /^since:(\d{1,15})$/.exec(text)?.[1]
  if (since !== undefined) return { kind: 'since', since: Number(since) }
  const [, uidValidity, uid] = /^imap:(\d{1,10}):(\d{1,10})$/.exec(text) ?? []
  return uidValidity === undefined || uid === undefined ? null : { kind: 'imap', uidValidity: Number(uidValidity), uid: Number(uid) }
}
