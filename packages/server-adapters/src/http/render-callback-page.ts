import type { ErrorCode } from '@tenantry/sdk/errors'
import { callbackScript } from './callback-script.ts'
import { callbackStyle } from './callback-style.ts'
import { escapeHtml, escapeScriptJson } from './escape-html.ts'
import type { PageWords } from './page-words.ts'

export interface CallbackPage {
  readonly flowId: string | null
  readonly outcome: 'connected' | 'failed'
  readonly code: ErrorCode | null
  readonly words: PageWords
  /** The only origin that the opener may have. */
  readonly openerOrigin: string | null
  /** Where the person goes on, or `null` when that is not known. */
  readonly backTo: string | null
}

const icons = { connected: 'm5 10.5 3.5 3.5L15 7', failed: 'M10 5.5v5.5m0 3.5v.01' }

/** The page that ends a sign-in. Its style and script are constants, so that the policy can name them by hash. */
export function renderCallbackPage({ flowId, outcome, code, words, openerOrigin, backTo }: CallbackPage): string {
  const message = escapeScriptJson({ type: 'tenantry:flow', flowId, outcome, code })
  const text = (value: string) => escapeHtml(value)
  return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text(words.title)}</title>
<style>${callbackStyle}</style>
</head>
<body>
<main class="${outcome}">
<h1><svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="8.5"/><path d="${icons[outcome]}"/></svg>${text(words.title)}</h1>
<p>${text(words.detail)}</p>
<p>${text(words.remedy)}</p>
${code === null ? '' : `<p><code>${text(code)}</code></p>`}
${backTo === null ? '' : `<a id="tn-back" href="${text(backTo)}">${text(words.back)}</a>`}
</main>
<script type="application/json" id="tn-flow" data-opener="${text(openerOrigin ?? '')}">${message}</script>
<script>${callbackScript}</script>
</body>
</html>
`
}
