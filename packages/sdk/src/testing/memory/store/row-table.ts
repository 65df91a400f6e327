/** What a row is found by; `null` keeps it out. */
export type IndexOf<Row> = (row: Row) => string | null

/** Rows by their key, which can also be found by what they belong to without a look at everything. */
export class RowTable<Row, Index extends string = never> extends Map<string, Row> {
  readonly indexes: Readonly<Record<Index, IndexOf<Row>>>
  readonly #names: readonly Index[]
  readonly #places: ReadonlyMap<Index, Map<string, Map<string, Row>>>

  constructor(indexes: Readonly<Record<Index, IndexOf<Row>>>, rows: Iterable<readonly [string, Row]> = []) {
    super()
    this.indexes = indexes
    this.#names = Object.keys(indexes) as Index[]
    this.#places = new Map(this.#names.map((index) => [index, new Map()]))
    for (const [key, row] of rows) this.set(key, row)
  }

  /** Those with this value, in the order of the whole table as long as a row keeps its value. */
  listBy(index: Index, value: string): (readonly [string, Row])[] {
    return [...(this.#places.get(index)?.get(value) ?? [])]
  }

  override set(key: string, row: Row): this {
    const before = this.get(key)
    for (const index of this.#names) {
      const value = this.indexes[index](row)
      if (before !== undefined) this.#leave(index, this.indexes[index](before), value, key)
      if (value !== null) this.#enter(index, value, key, row)
    }
    return super.set(key, row)
  }

  override delete(key: string): boolean {
    const row = this.get(key)
    if (row !== undefined) for (const index of this.#names) this.#leave(index, this.indexes[index](row), null, key)
    return super.delete(key)
  }

  override clear(): void {
    for (const places of this.#places.values()) places.clear()
    super.clear()
  }

  #enter(index: Index, value: string, key: string, row: Row): void {
    const places = this.#places.get(index)
    const rows = places?.get(value)
    if (rows === undefined) places?.set(value, new Map([[key, row]]))
    else rows.set(key, row)
  }

  #leave(index: Index, from: string | null, to: string | null, key: string): void {
    if (from === null || from === to) return
    const rows = this.#places.get(index)?.get(from)
    rows?.delete(key)
    if (rows?.size === 0) this.#places.get(index)?.delete(from)
  }
}
