import type { CompletedFlow } from '@tenantry/sdk'
import { failures, fillWords } from '@tenantry/sdk/errors'
import { callbackWords } from './callback-words.ts'

/**
 * Runs in the page: tells who waits by three ways, any of which a browser may lack or cut, then leaves. A flow that nobody here started tells
 * nobody and stays to be read. Constant, so that its hash is too.
 */
const script = `
const { message, openerOrigin, returnTo } = JSON.parse(document.getElementById('data').textContent)
if (message.flowId !== null) {
  try { new BroadcastChannel('tn-oauth').postMessage(message) } catch {}
  try { localStorage.setItem('tn-oauth', JSON.stringify(message)); localStorage.removeItem('tn-oauth') } catch {}
  if (window.opener && openerOrigin !== null) {
    try { window.opener.postMessage(message, openerOrigin) } catch {}
    setTimeout(() => window.close(), 400)
  } else if (returnTo !== null) location.replace(returnTo)
}
`

const style = `
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:light-dark(#fafafb,#16171b);color:light-dark(#1d2028,#eceef2)}
main{box-sizing:border-box;width:min(28rem,100% - 2rem);padding:1.5rem;border:1px solid light-dark(#e3e5ea,#34373f);border-radius:12px;background:light-dark(#fff,#1e2025)}
h1{margin:0 0 .5rem;font-size:1.125rem}p{margin:.25rem 0;color:light-dark(#555b68,#b3b8c3)}a{color:light-dark(#2a52c8,#9db4ff)}
`

export interface PageOptions {
  /** Where the link leads when the flow has no return address. */
  readonly baseUrl: string
  /** The request's Accept-Language. */
  readonly language: string
}

/** The page that ends a sign-in, for people with and without JavaScript. RFC 9700 4.11, 4.17. */
export async function respondPage(completed: CompletedFlow, { baseUrl, language }: PageOptions): Promise<Response> {
  const words = callbackWords(language, completed.code)
  const lines = [words.detail, words.remedy]
    .filter((line) => line !== '')
    .map((line) => `<p>${escapeHtml(fillWords(line, completed.values))}</p>`)
  const { flowId, outcome, code, openerOrigin } = completed
  const returnTo = completed.returnTo === null ? null : withOutcome(completed.returnTo, completed)
  const data = { message: { type: 'tenantry:flow', flowId, outcome, code }, openerOrigin, returnTo }
  const html = `<!doctype html>
<html lang="${words.language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(words.title)}</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(words.title)}</h1>${lines.join('')}<p><a href="${escapeHtml(returnTo ?? `${baseUrl}/`)}">${escapeHtml(words.back)}</a></p></main>
<script type="application/json" id="data">${escapeJson(data)}</script><script>${script}</script></body>
</html>
`
  return new Response(html, {
    status: code === null ? 200 : failures[code].httpStatus,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': `default-src 'none'; script-src 'sha256-${await hash(script)}'; style-src 'sha256-${await hash(style)}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
    },
  })
}

function withOutcome(returnTo: string, { flowId, outcome }: CompletedFlow): string {
  const url = new URL(returnTo)
  url.searchParams.set('tn_flow', flowId ?? '')
  url.searchParams.set('tn_outcome', outcome)
  return url.href
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** JSON that cannot end its script element or a line. */
const escapeJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

async function hash(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return btoa(String.fromCharCode(...digest))
}
