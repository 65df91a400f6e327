import { createLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'

/** Tokens, client secrets, keys and the words of mail, as the sandbox and the traffic make them. */
const canary = /ya29\.\S*|eyJhbGciOi\S*|1\/\/EXAMPLE\S*|GOCSPX\S*|PRIVATE KEY|EXAMPLE_\S*|canary\S*/i

const everyCanary = new RegExp(canary, 'gi')

export interface NoCanary {
  readonly ledger: Ledger
  /** Something that leaves the sdk, or lies in the store. */
  saw(at: number, where: string, what: unknown): void
}

/** No secret and no word of a mail in a log line, a metric, an error, or in clear in a row. */
export function watchCanaries(): NoCanary {
  const ledger = createLedger('no secret and no mail in logs, metrics, errors or rows')
  return {
    ledger,
    saw(at, where, what) {
      const text = textOf(what)
      ledger.hold(!canary.test(text), at, () => `${where}: ${text.replaceAll(everyCanary, '[found]').slice(0, 200)}`)
    },
  }
}

function textOf(what: unknown): string {
  if (what instanceof Error) return `${what.stack ?? what.message} ${JSON.stringify(what)}`
  return JSON.stringify(what) ?? ''
}
