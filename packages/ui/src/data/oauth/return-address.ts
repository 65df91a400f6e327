import { FLOW, OUTCOME, OWNER } from './returned-flow.ts'

/** Where a sign-in in this tab comes back to. `owner` says who is to pick it up. */
export function returnAddress(owner: string, returnTo: string | undefined): string {
  const { origin, href } = window.location
  const url = new URL(returnTo ?? href, href)
  for (const name of [FLOW, OUTCOME]) url.searchParams.delete(name)
  url.searchParams.set(OWNER, owner)
  return url.origin === origin ? url.pathname + url.search + url.hash : url.href
}
