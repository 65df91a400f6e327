import { callbackScript } from './callback-script.ts'
import { callbackStyle } from './callback-style.ts'

let policy: Promise<string> | undefined

/** The callback page's `Content-Security-Policy`: nothing but its own script and style, by hash. CSP Level 3. */
export function pagePolicy(): Promise<string> {
  policy ??= makePolicy()
  return policy
}

async function makePolicy(): Promise<string> {
  const [script, style] = await Promise.all([hashSource(callbackScript), hashSource(callbackStyle)])
  return `default-src 'none'; script-src '${script}'; style-src '${style}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`
}

async function hashSource(source: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(source))
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`
}
