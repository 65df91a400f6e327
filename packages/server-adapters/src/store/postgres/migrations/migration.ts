import type { RawBuilder } from 'kysely'

/** One step of the schema. Never changed once released; a later step corrects it. */
export interface Migration {
  readonly name: string
  readonly statements: readonly RawBuilder<unknown>[]
}
