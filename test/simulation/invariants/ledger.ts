export interface Violation {
  readonly at: number
  readonly words: string
}

/** What a rule was asked, and when it was broken. */
export interface Ledger {
  readonly rule: string
  readonly checks: number
  /** All of them. */
  readonly broken: number
  /** The first of them. */
  readonly violations: readonly Violation[]
  hold(ok: boolean, at: number, words: () => string): void
}

const most = 50

export function createLedger(rule: string): Ledger {
  const violations: Violation[] = []
  let checks = 0
  let broken = 0
  return {
    rule,
    get checks() {
      return checks
    },
    get broken() {
      return broken
    },
    violations,
    hold(ok, at, words) {
      checks += 1
      if (ok) return
      broken += 1
      if (violations.length < most) violations.push({ at, words: words() })
    },
  }
}
