const FLOW = 'tn_flow'
const OUTCOME = 'tn_outcome'
/** Ours: which form on the page left for the sign-in. */
const OWNER = 'tn_for'

/** Where a sign-in in this tab comes back to. `owner` says who is to pick it up. */
export function returnAddress(owner: string, returnTo: string | undefined): string {
  const { origin, href } = window.location
  const url = new URL(returnTo ?? href, href)
  for (const name of [FLOW, OUTCOME]) url.searchParams.delete(name)
  url.searchParams.set(OWNER, owner)
  return url.origin === origin ? url.pathname + url.search + url.hash : url.href
}

/** Takes the flow that this page was sent back with, if it is the owner's, and cleans the address. Its outcome is not believed. */
export function takeReturnedFlow(owner: string): string | null {
  const url = new URL(window.location.href)
  const flowId = url.searchParams.get(FLOW)
  const left = url.searchParams.get(OWNER)
  if (!flowId || (left !== null && left !== owner)) return null
  for (const name of [FLOW, OUTCOME, OWNER]) url.searchParams.delete(name)
  window.history.replaceState(window.history.state, '', url.pathname + url.search + url.hash)
  return flowId
}
