/** One thing that a person may choose, for example a label or a calendar. */
export interface Choice {
  readonly id: string
  readonly name: string
  /** `system` ones are the same in every account and have names in every language. */
  readonly kind: 'system' | 'user'
  /** For people: a calendar's time zone. */
  readonly detail: string | null
  /** As the account shows it, `#rrggbb`. */
  readonly color: string | null
  /** What the account may do with it; `busy`: see only when it is taken. `null` where there is no such thing. */
  readonly access: 'write' | 'read' | 'busy' | null
}
