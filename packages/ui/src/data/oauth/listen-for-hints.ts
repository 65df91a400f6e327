const CHANNEL = 'tn-oauth'

/**
 * Calls back when something suggests that the flow may have ended: the callback page's message by any of its three ways, or the person coming
 * back to this page. A hint carries no authority: whatever it says, the server is asked.
 */
export function listenForHints(flowId: string, onHint: () => void): () => void {
  const listening = new AbortController()
  const { signal } = listening
  const hear = (data: unknown) => {
    if (isAbout(flowId, data)) onHint()
  }
  window.addEventListener('message', (event) => event.origin === window.location.origin && hear(event.data), { signal })
  window.addEventListener('storage', (event) => hear(parseMessage(event.newValue)), { signal })
  window.addEventListener('focus', onHint, { signal })
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && onHint(), { signal })
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(CHANNEL) : null
  channel?.addEventListener('message', (event) => hear(event.data), { signal })
  return () => {
    listening.abort()
    channel?.close()
  }
}

function isAbout(flowId: string, data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false
  return 'type' in data && data.type === 'tenantry:flow' && 'flowId' in data && data.flowId === flowId
}

function parseMessage(text: string | null): unknown {
  if (text === null || !text.includes('tenantry:flow')) return null
  try {
    return JSON.parse(text)
  } catch {
    // Something else of the host's: not a message to us.
    return null
  }
}
