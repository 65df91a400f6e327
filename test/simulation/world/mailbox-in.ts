/** The mailbox that an address or a resource of Graph names: as a segment, and in the links that Graph gives also as a key. */
export function mailboxIn(path: string): string | null {
  const name = /\/users(?:\/|\(')([^/')]+)/.exec(path.startsWith('/') ? path : `/${path}`)?.[1]
  return name === undefined ? null : decodeURIComponent(name).toLowerCase()
}
