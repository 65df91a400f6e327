import { html, raw } from 'hono/html'
import { newId } from '../state/new-id.ts'

export type Markup = ReturnType<typeof html>

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1f1f1f, #e3e3e3); --soft: light-dark(#5f6368, #9aa0a6); --line: light-dark(#dadce0, #444746);
  --paper: light-dark(#fff, #131314); --ground: light-dark(#f0f4f9, #1e1f20); --accent: light-dark(#0b57d0, #a8c7fa); --on-accent: light-dark(#fff, #062e6f);
  --bad: light-dark(#b3261e, #f2b8b5); }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif }
main.card { max-width: 30rem; margin: 8vh auto; padding: 2rem; background: var(--paper); border-radius: 1.5rem }
h1 { font-size: 1.5rem; font-weight: 500; line-height: 1.25; margin: 0 0 .5rem } h2 { font-size: 1.1rem; font-weight: 600; margin: 0 0 .5rem }
h3 { font-size: 1rem; margin: 1rem 0 .25rem }
p { margin: .25rem 0 .75rem } .soft { color: var(--soft) } .bad { color: var(--bad) } a { color: var(--accent) } code { overflow-wrap: anywhere }
button, .button { font: inherit; font-weight: 500; color: var(--accent); background: transparent; border: 1px solid var(--line); border-radius: 2rem; padding: .4rem 1.1rem; cursor: pointer; text-decoration: none; display: inline-block }
button.primary { background: var(--accent); color: var(--on-accent); border-color: var(--accent) }
button:focus-visible, a:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
button.row { display: block; width: 100%; text-align: start; border-radius: .75rem; margin: .5rem 0; padding: .75rem 1rem; color: var(--ink) }
label { display: block; margin: .5rem 0 } label.choice { display: flex; gap: .6rem; align-items: start }
input:not([type=checkbox]), select, textarea { font: inherit; color: inherit; background: var(--paper); width: 100%; border: 1px solid var(--line); border-radius: .5rem; padding: .45rem .6rem }
.actions { display: flex; flex-wrap: wrap; gap: .6rem; margin-top: 1rem } .actions.end { justify-content: end }
form.inline { display: inline }
`

const CSP = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"

export interface PageOptions {
  title: string
  body: Markup
  status?: number
  style?: string
  script?: string
}

/** An HTML page that needs no JavaScript and may load nothing. */
export async function renderPage(options: PageOptions): Promise<Response> {
  const nonce = newId(22)
  const script = options.script ? html`<script src="${options.script}" defer></script>` : ''
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${options.title}</title>
        <style nonce="${nonce}">
          ${raw(STYLE + (options.style ?? ''))}
        </style>
        ${script}
      </head>
      <body>
        ${options.body}
      </body>
    </html>`
  return new Response(String(page), {
    status: options.status ?? 200,
    // No form-action: Chromium applies it to the redirect that ends a consent, and to every redirect of the host after it.
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `${CSP}; style-src 'nonce-${nonce}'${options.script ? "; script-src 'self'" : ''}`,
      'x-content-type-options': 'nosniff',
      // Not no-referrer: Chromium would then send `Origin: null` with the page's own forms.
      'referrer-policy': 'same-origin',
    },
  })
}
