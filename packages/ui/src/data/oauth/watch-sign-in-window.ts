import type { SignInWindow } from './sign-in-window.ts'

const WATCH_MS = 500
/** Ticks in a row that the window has to be closed: longer than 2 s, because isolation by the provider's page looks like closing at first. */
const GONE_TICKS = 5

/** Tells once when the window has been closed, or out of reach, for more than 2 s; `onHint` at the first sign of it. */
export function watchSignInWindow(popup: SignInWindow, { onHint, onGone }: { onHint: () => void; onGone: () => void }): () => void {
  let closedTicks = 0
  const timer = setInterval(() => {
    closedTicks = popup.isClosed() ? closedTicks + 1 : 0
    if (closedTicks === 1) onHint()
    if (closedTicks < GONE_TICKS) return
    clearInterval(timer)
    onGone()
  }, WATCH_MS)
  return () => clearInterval(timer)
}
