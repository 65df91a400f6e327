// Bundles what a host's first page loads of each component, peers left out, for size-limit to weigh: the entry and every chunk that it imports
// statically. What is loaded later (dialogs, languages, further steps, a sign-in under way) is not part of it.
import { build } from 'esbuild'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const peers = ['react', 'react-dom', 'react/jsx-runtime', '@tanstack/react-query', 'react-hook-form', '@tenantry/sdk', '@tenantry/sdk/*']
const entries = {
  'google-setup-panel': "export { GoogleSetupPanel } from '@tenantry/ui/google-setup-panel'",
  'gmail-provider-form': "export { GmailProviderForm } from '@tenantry/ui/gmail-provider-form'",
  'google-calendar-provider-form': "export { GoogleCalendarProviderForm } from '@tenantry/ui/google-calendar-provider-form'",
  'microsoft-setup-panel': "export { MicrosoftSetupPanel } from '@tenantry/ui/microsoft-setup-panel'",
  'microsoft-shared-mailbox-form': "export { MicrosoftSharedMailboxForm } from '@tenantry/ui/microsoft-shared-mailbox-form'",
  'connection-status-badge': "export { ConnectionStatusBadge } from '@tenantry/ui/connection-status-badge'",
  'connection-card': "export { ConnectionCard } from '@tenantry/ui/connection-card'",
  'connection-list': "export { ConnectionList } from '@tenantry/ui/connection-list'",
  'diagnostics-report': "export { DiagnosticsReport } from '@tenantry/ui/diagnostics-report'",
}
/** What a component loads at once when it has something to show, weighed together with it. */
const shown = { 'connection-list': { cards: 'listed-card', table: 'listed-row' } }
const outdir = 'test-results/size'
rmSync(outdir, { recursive: true, force: true })
mkdirSync(outdir, { recursive: true })

for (const [name, contents] of Object.entries(entries)) {
  const folder = `${outdir}/${name}`
  const { metafile } = await build({
    stdin: { contents, resolveDir: 'packages/ui', sourcefile: `${name}.js` },
    outdir: folder,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    metafile: true,
    external: peers,
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const entry = Object.keys(metafile.outputs).find(
    (file) => metafile.outputs[file].entryPoint === `packages/ui/${name}.js` || file.endsWith('stdin.js'),
  )
  weigh(name, [entry])
  for (const [what, chunk] of Object.entries(shown[name] ?? {}))
    weigh(`${name}-${what}`, [entry, ...Object.keys(metafile.outputs).filter((file) => file.startsWith(`${folder}/${chunk}-`))])

  function weigh(file, roots) {
    const first = new Set()
    const follow = (path) => {
      if (first.has(path)) return
      first.add(path)
      for (const imported of metafile.outputs[path].imports)
        if (imported.kind === 'import-statement' && !imported.external) follow(imported.path)
    }
    roots.forEach(follow)
    writeFileSync(`${outdir}/${file}.js`, [...first].map((path) => readFileSync(path, 'utf8')).join('\n'))
  }
}
