import { html } from 'hono/html'
import type { Markup } from '../http/page.ts'

/** Text that a button copies. */
export function copyable(text: string, what: string): Markup {
  return html`<code>${text}</code> <button type="button" hidden data-copy="${text}" aria-label="Copy ${what}">Copy</button>`
}
