import { TenantryError } from '../../../errors/index.ts'
import { copyOf } from './copy-of.ts'
import { draftTables } from './draft.ts'
import type { Tables } from './tables.ts'

/** How repositories reach the rows. What comes out is a copy. */
export interface Door {
  read<T>(work: (tables: Tables) => T): Promise<T>
  write<T>(work: (tables: Tables) => T): Promise<T>
  /** A number that no lease had before, also not in an earlier life of the same row. */
  nextFence(): number
}

export interface Rows {
  /** Reads what is committed; writes wait for a running transaction. */
  readonly door: Door
  transaction<T>(work: (door: Door, tables: Tables) => Promise<T>): Promise<T>
  committed(): Tables
  close(): void
}

export function openRows(tables: Tables, firstFence: number): Rows {
  const committed = tables
  let closed = false
  let fence = firstFence
  let last: Promise<unknown> = Promise.resolve()

  const nextFence = (): number => (fence += 1)

  const assertOpen = (): void => {
    if (closed) throw new TenantryError('unavailable')
  }

  function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const turn = last.then(() => {
      assertOpen()
      return work()
    })
    last = turn.catch(() => undefined)
    return turn
  }

  return {
    door: {
      async read(work) {
        assertOpen()
        return copyOf(work(committed))
      },
      write: (work) => inTurn(() => copyOf(work(committed))),
      nextFence,
    },
    transaction: (work) =>
      inTurn(async () => {
        const draft = draftTables(committed)
        let ended = false
        const use = async <R>(step: (tables: Tables) => R): Promise<R> => {
          if (ended) throw new TenantryError('unavailable')
          return copyOf(step(draft.tables))
        }
        try {
          const result = await work({ read: use, write: use, nextFence }, draft.tables)
          draft.commit()
          return result
        } finally {
          ended = true
        }
      }),
    committed: () => committed,
    close() {
      closed = true
    },
  }
}
