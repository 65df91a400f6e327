import { inOrder } from './agenda.ts'
import { RowTable } from './row-table.ts'
import { createTables } from './tables.ts'
import type { Tables } from './tables.ts'

export interface Draft {
  readonly tables: Tables
  /** Writes into the committed tables what was written in the draft. */
  commit(): void
}

/** Tables to write in that leave the committed ones as they are until the end, at a cost that grows with what is written and not with what is there. */
export function draftTables(committed: Tables): Draft {
  const lazy = new LazyTables(committed)
  return { tables: lazy as unknown as Tables, commit: () => lazy.commit() }
}

/** Most transactions touch two or three tables of all. */
class LazyTables {
  readonly #committed: Tables
  readonly #overlays = new Map<keyof Tables, Overlay<unknown>>()

  static {
    for (const name of Object.keys(createTables()) as (keyof Tables)[])
      Object.defineProperty(LazyTables.prototype, name, {
        get(this: LazyTables) {
          return this.#open(name)
        },
      })
  }

  constructor(committed: Tables) {
    this.#committed = committed
  }

  commit(): void {
    for (const overlay of this.#overlays.values()) overlay.commit()
  }

  #open(name: keyof Tables): Overlay<unknown> {
    const known = this.#overlays.get(name)
    if (known !== undefined) return known
    const overlay = new Overlay(this.#committed[name] as Map<string, unknown>)
    this.#overlays.set(name, overlay)
    return overlay
  }
}

const gone = Symbol('gone')

/** A map over another: it reads through, and keeps what is written to itself. Order as in a map: a key keeps its place, and one that was deleted comes back at the end. */
class Overlay<Row> extends Map<string, Row> {
  readonly #base: Map<string, Row>
  readonly #changes = new Map<string, Row | typeof gone>()
  /** Deleted and written again: at the end now. */
  readonly #moved = new Set<string>()

  constructor(base: Map<string, Row>) {
    super()
    this.#base = base
  }

  override get(key: string): Row | undefined {
    const changed = this.#changes.get(key)
    if (changed === gone) return undefined
    return changed === undefined ? this.#base.get(key) : changed
  }

  override has(key: string): boolean {
    const changed = this.#changes.get(key)
    return changed === undefined ? this.#base.has(key) : changed !== gone
  }

  override set(key: string, row: Row): this {
    if (this.#changes.get(key) === gone) {
      this.#changes.delete(key)
      this.#moved.add(key)
    }
    this.#changes.set(key, row)
    return this
  }

  override delete(key: string): boolean {
    const had = this.has(key)
    this.#moved.delete(key)
    if (this.#base.has(key)) this.#changes.set(key, gone)
    else this.#changes.delete(key)
    return had
  }

  override get size(): number {
    let size = this.#base.size
    for (const [key, row] of this.#changes) size += (row === gone ? -1 : 1) + (row !== gone && this.#base.has(key) ? -1 : 0)
    return size
  }

  /** As of a table with indexes. */
  listBy(index: string, value: string): (readonly [string, Row])[] {
    const base = this.#indexed()
    const { [index]: valueOf } = base.indexes
    const found: (readonly [string, Row])[] = []
    const stays = (row: Row | typeof gone | undefined): row is Row => row !== undefined && row !== gone && valueOf?.(row) === value
    const listed = new Set<string>()
    for (const [key, row] of base.listBy(index, value)) {
      const changed = this.#changes.get(key)
      if (changed !== undefined && (!stays(changed) || this.#moved.has(key))) continue
      listed.add(key)
      found.push([key, changed === undefined || changed === gone ? row : changed])
    }
    for (const [key, row] of this.#changes) if (stays(row) && !listed.has(key)) found.push([key, row])
    return found
  }

  /** As of a table with indexes, and by a look at everything, as nobody cleans up in a transaction. */
  listOver(before: number, limit: number): string[] {
    const { overAt } = this.#indexed()
    const times = [...this.entries()].map(([key, row]) => ({ key, time: overAt(row) ?? Infinity }))
    return times
      .filter(({ time }) => time < before)
      .toSorted(inOrder)
      .slice(0, limit)
      .map(({ key }) => key)
  }

  #indexed(): RowTable<Row, string> {
    const base: unknown = this.#base
    if (!(base instanceof RowTable)) throw new TypeError('a table without indexes')
    return base as RowTable<Row, string>
  }

  override *entries(): MapIterator<[string, Row]> {
    for (const [key, row] of this.#base) {
      const changed = this.#changes.get(key)
      if (changed !== gone && !this.#moved.has(key)) yield [key, changed === undefined ? row : changed]
    }
    for (const [key, row] of this.#changes) if (row !== gone && this.#isLate(key)) yield [key, row]
  }

  override *values(): MapIterator<Row> {
    for (const [, row] of this.entries()) yield row
  }

  override *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key
  }

  override [Symbol.iterator](): MapIterator<[string, Row]> {
    return this.entries()
  }

  override forEach(visit: (row: Row, key: string, map: Map<string, Row>) => void): void {
    for (const [key, row] of this.entries()) visit(row, key, this)
  }

  override clear(): void {
    const keys = [...this.keys()]
    for (const key of keys) this.delete(key)
  }

  #isLate(key: string): boolean {
    return this.#moved.has(key) || !this.#base.has(key)
  }

  commit(): void {
    for (const [key, row] of this.#changes) {
      if (row === gone || this.#moved.has(key)) this.#base.delete(key)
      if (row !== gone) this.#base.set(key, row)
    }
  }
}
