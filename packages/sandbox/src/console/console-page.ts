import { html } from 'hono/html'
import { renderPage } from '../http/page.ts'
import type { World } from '../state/world.ts'
import { accountsSection } from './accounts-section.ts'
import { microsoftSection } from './microsoft-section.ts'
import { projectsSection } from './projects-section.ts'
import { activitySection, clockSection, faultsSection } from './trouble-sections.ts'

const STYLE = `
header, .console { max-width: 72rem; margin: 0 auto; padding: 1rem }
.console { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); align-items: start }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 1rem; padding: 1.25rem; min-width: 0 }
section.wide { grid-column: 1 / -1; overflow-x: auto }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem .75rem; margin: .5rem 0 } dt { color: var(--soft) } dd { margin: 0; min-width: 0 }
dd button { padding: 0 .6rem; font-size: .85rem }
details { border-top: 1px solid var(--line); padding: .6rem 0 } summary { cursor: pointer; font-weight: 500 }
ul { padding: 0; margin: .5rem 0; list-style: none } li { padding: .4rem 0; border-top: 1px solid var(--line) }
table { border-collapse: collapse; width: 100%; font-size: .9rem } th, td { text-align: start; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line) }
`

/** Copies what a button names; without JavaScript the text can still be selected. */
export const COPY_SCRIPT = `document.addEventListener('click', async (event) => {
  const button = event.target instanceof Element ? event.target.closest('button[data-copy]') : null
  if (!button) return
  await navigator.clipboard.writeText(button.dataset.copy)
  const label = button.textContent
  button.textContent = 'Copied'
  setTimeout(() => { button.textContent = label }, 1500)
})
for (const button of document.querySelectorAll('button[data-copy]')) button.hidden = false
`

/** The one page of the sandbox. */
export function consolePage(world: World, query: Record<string, string>): Promise<Response> {
  const body = html`<header>
      <h1>Sandbox: Google Cloud Console</h1>
      <p class="soft">A Google and a Microsoft of your own, on this machine. Nothing here reaches the real ones.</p>
    </header>
    <main class="console">
      ${projectsSection(world, query['redirect'] ?? '')} ${accountsSection(world)} ${microsoftSection(world)} ${clockSection(world)}
      ${faultsSection(world)} ${activitySection(world)}
    </main>`
  return renderPage({ title: 'Sandbox: Google Cloud Console', body, style: STYLE, script: '/console/copy.js' })
}
