import { Buffer } from 'node:buffer'
import type { PGlite, PGliteQueryOptions } from 'kysely'

type Query = PGlite['query']

/** The object id of `bytea`. */
const bytea = 17

/**
 * Large values take PGlite a minute, because it writes and reads them digit by digit. Bytes that a serializer hands on as they are it sends
 * in binary, and what comes back as hex is decoded at once.
 */
const inBinary: PGliteQueryOptions = {
  serializers: { [bytea]: (bytes: Uint8Array) => bytes as unknown as string },
  parsers: { [bytea]: (text) => Buffer.from(text.slice(2), 'hex') },
}

/** The same PGlite, but for queries of ours quick with bytes; it stays what it was for everybody else. */
export function carryBytes(pglite: PGlite): PGlite {
  const wrap = (on: { readonly query: Query }): Query => {
    return (text, parameters, options) => on.query(text, parameters, { ...options, ...inBinary })
  }
  return {
    get closed() {
      return pglite.closed
    },
    get ready() {
      return pglite.ready
    },
    get waitReady() {
      return pglite.waitReady
    },
    close: () => pglite.close(),
    query: wrap(pglite),
    transaction: (work) => pglite.transaction((inner) => work({ query: wrap(inner), rollback: () => inner.rollback() })),
  }
}
