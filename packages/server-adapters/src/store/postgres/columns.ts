import type { ColumnType } from 'kysely'

/** A `bigint` column: drivers read it as text, number or BigInt; `toNumber` makes it a number. */
export type Integer = ColumnType<string | number | bigint, number, number>
export type NullableInteger = ColumnType<string | number | bigint | null, number | null, number | null>

/** A `jsonb` column: read as a value, written as text. */
export type Json<Value> = ColumnType<Value, string, string>
export type NullableJson<Value> = ColumnType<Value | null, string | null, string | null>

/** `fence` is null while nobody holds the row. */
export interface LeaseColumns {
  fence: NullableInteger
  lease_owner: string | null
  lease_until: NullableInteger
}
