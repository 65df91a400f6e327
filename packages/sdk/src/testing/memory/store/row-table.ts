import { Agenda } from './agenda.ts'

/** What a row is found by; `null` keeps it out. */
export type IndexOf<Row> = (row: Row) => string | null

/** Since when nobody needs a row, epoch milliseconds; `null` is needed. */
export type OverAt<Row> = (row: Row) => number | null

/** Rows by their key, which can also be found by what they belong to without a look at everything. */
export class RowTable<Row, Index extends string = never> extends Map<string, Row> {
  readonly indexes: Readonly<Record<Index, IndexOf<Row>>>
  readonly overAt: OverAt<Row>
  readonly #over = new Agenda()
  readonly #names: readonly Index[]
  readonly #places: ReadonlyMap<Index, Map<string, Map<string, Row>>>

  constructor(indexes: Readonly<Record<Index, IndexOf<Row>>>, overAt: OverAt<Row> = () => null) {
    super()
    this.indexes = indexes
    this.overAt = overAt
    this.#names = Object.keys(indexes) as Index[]
    this.#places = new Map(this.#names.map((index) => [index, new Map()]))
  }

  /** Those with this value, in the order of the whole table as long as a row keeps its value. */
  listBy(index: Index, value: string): (readonly [string, Row])[] {
    return [...(this.#places.get(index)?.get(value) ?? [])]
  }

  /** The keys of those that were over before this time, the longest first. */
  listOver(before: number, limit: number): string[] {
    const keys: string[] = []
    for (const { time, key } of this.#over) {
      if (time >= before || keys.length >= limit) break
      keys.push(key)
    }
    return keys
  }

  override set(key: string, row: Row): this {
    const before = this.get(key)
    for (const index of this.#names) {
      const value = this.indexes[index](row)
      if (before !== undefined) this.#leave(index, this.indexes[index](before), value, key)
      if (value !== null) this.#enter(index, value, key, row)
    }
    this.#changeOver(key, before === undefined ? null : this.overAt(before), this.overAt(row))
    return super.set(key, row)
  }

  override delete(key: string): boolean {
    const row = this.get(key)
    if (row === undefined) return false
    for (const index of this.#names) this.#leave(index, this.indexes[index](row), null, key)
    this.#changeOver(key, this.overAt(row), null)
    return super.delete(key)
  }

  override clear(): void {
    for (const key of this.keys()) this.delete(key)
  }

  #changeOver(key: string, from: number | null, to: number | null): void {
    if (from === to) return
    if (from !== null) this.#over.remove({ time: from, key })
    if (to !== null) this.#over.add({ time: to, key })
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
