export const FLOW = 'tn_flow'
export const OUTCOME = 'tn_outcome'
/** Ours: which form on the page left for the sign-in. */
export const OWNER = 'tn_for'

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
