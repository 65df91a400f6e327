interface Index {
  /** So many of the list have been entered. */
  upTo: number
  readonly rows: Map<unknown, unknown>
}

// Beside the state, which is plain JSON; made anew for a list that takes the place of another.
const indexes = new WeakMap<readonly object[], Map<PropertyKey, Index>>()

/** The first with this value, however many there are. For fields that never change, in lists that grow at their end or are replaced. */
export function findBy<Row extends object, Field extends keyof Row>(
  list: readonly Row[],
  field: Field,
  value: Row[Field] | undefined,
): Row | undefined {
  const index = indexOf(list, field)
  for (; index.upTo < list.length; index.upTo += 1) {
    const row = list[index.upTo]
    if (row !== undefined && !index.rows.has(row[field])) index.rows.set(row[field], row)
  }
  return index.rows.get(value) as Row | undefined
}

function indexOf(list: readonly object[], field: PropertyKey): Index {
  const fields = indexes.get(list) ?? new Map<PropertyKey, Index>()
  indexes.set(list, fields)
  const index = fields.get(field) ?? { upTo: 0, rows: new Map() }
  fields.set(field, index)
  return index
}
