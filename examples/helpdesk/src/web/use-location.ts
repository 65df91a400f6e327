import { useSyncExternalStore } from 'react'
import { goToAnchor } from './go-to-anchor.ts'

const moved = 'helpdesk:moved'

/** Path and query of the page's address. */
export function useLocation(): URL {
  const href = useSyncExternalStore(subscribe, () => window.location.href)
  return new URL(href)
}

/** Goes to a path of the helpdesk without loading a page; other addresses load. */
export function navigate(href: string, { replace = false }: { replace?: boolean } = {}): void {
  const url = new URL(href, window.location.href)
  if (url.origin !== window.location.origin) return window.location.assign(url)
  window.history[replace ? 'replaceState' : 'pushState'](null, '', url)
  window.dispatchEvent(new Event(moved))
  goToAnchor(url.hash)
}

function subscribe(tell: () => void): () => void {
  window.addEventListener('popstate', tell)
  window.addEventListener(moved, tell)
  return () => {
    window.removeEventListener('popstate', tell)
    window.removeEventListener(moved, tell)
  }
}
