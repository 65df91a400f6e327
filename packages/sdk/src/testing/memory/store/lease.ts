/** Who holds a row, until when, and the number that proves it. */
export interface Lease {
  readonly owner: string
  readonly until: number
  readonly fence: number
}

export interface Leased<Row> {
  readonly row: Row
  readonly lease: Lease | null
}
