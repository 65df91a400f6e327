import type { Tables } from './tables.ts'

export interface Draft {
  readonly tables: Tables
  /** Writes into the committed tables what was written in the draft. */
  commit(): void
}

/** Tables to write in that leave the committed ones as they are until the end, at a cost that grows with what is written and not with what is there. */
export function draftTables(committed: Tables): Draft {
  const overlays = Object.entries(committed).map(([name, rows]) => [name, new Overlay(rows as Map<string, unknown>)] as const)
  return {
    tables: Object.fromEntries(overlays) as unknown as Tables,
    commit: () => {
      for (const [, overlay] of overlays) overlay.commit()
    },
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
