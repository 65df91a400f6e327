import type { CheckOutcome } from '../connections/run-checks.ts'

/** No vendor has a way to ask; a sign-in that worked is the proof. @param uris with the name of what signs in by each, and whether anything did */
export function checkRedirects(uris: readonly { readonly name: string; readonly uri: string; readonly isProven: boolean }[]): CheckOutcome {
  return {
    status: uris.every(({ isProven }) => isProven) ? 'pass' : 'warn',
    expected: uris.map(({ uri }) => uri).join('\n'),
    facts: Object.fromEntries(uris.map(({ name, isProven }) => [`${name}Proven`, isProven])),
  }
}
