import { isInAppBrowser } from './in-app-browser.ts'
import type { OAuthSetting } from './oauth-setting.ts'

const WIDTH = 520
const HEIGHT = 680

/** The window in which the person signs in. */
export interface SignInWindow {
  readonly isClosed: () => boolean
  readonly goTo: (url: string) => void
  readonly focus: () => void
  readonly close: () => void
}

/** Opens the window; call it within the click. `null`: the browser blocked it, or is an app's own, in which Google signs nobody in. */
export function openSignInWindow({ oauth, placeholder }: Pick<OAuthSetting, 'oauth' | 'placeholder'>): SignInWindow | null {
  if (isInAppBrowser(navigator.userAgent)) return null
  const { width = WIDTH, height = HEIGHT } = oauth
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
