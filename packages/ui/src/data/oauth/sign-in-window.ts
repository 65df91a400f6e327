const WATCH_MS = 500
/** Ticks in a row that the window has to be closed: longer than 2 s, because isolation by the provider's page looks like closing at first. */
const GONE_TICKS = 5

/** The window in which the person signs in. */
export interface SignInWindow {
  readonly isClosed: () => boolean
  readonly goTo: (url: string) => void
  readonly focus: () => void
  readonly close: () => void
}

export interface SignInWindowLook {
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** Stands in the window until the provider's page does. */
  readonly placeholder: string
}

/** Opens the window; call it within the click. `null`: the browser blocked it. */
export function openSignInWindow({ width, height, placeholder }: SignInWindowLook): SignInWindow | null {
  const left = Math.max(0, Math.round(window.screenX + (window.outerWidth - width) / 2))
  const top = Math.max(0, Math.round(window.screenY + (window.outerHeight - height) / 2))
  const popup = window.open('about:blank', '_blank', `popup,width=${width},height=${height},left=${left},top=${top}`)
  if (popup === null || popup.closed) return null
  popup.document.title = placeholder
  popup.document.body.textContent = placeholder
  return {
    isClosed: () => popup.closed,
    goTo: (url) => {
      popup.location = url
    },
    focus: () => popup.focus(),
    close: () => popup.close(),
  }
}

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
