import { build } from 'esbuild'
import { defineConfig } from 'tsup'
import { tsupOptions } from '../../tsup.shared.ts'

export default defineConfig(
  tsupOptions({
    // Every file, split chunks too: a bundler that follows one from a server component must meet the directive first.
    banner: { js: "'use client';" },
    // So that a host's bundler may drop parts it does not use.
    pure: ['createContext', 'createTicker', 'defineMessages', 'forwardRef'],
    onSuccess: bundleStyles,
  }),
)

/** All stylesheets as one file, each rule in @layer tenantry. */
async function bundleStyles(): Promise<void> {
  await build({ entryPoints: ['src/styles/index.css'], outfile: 'dist/styles.css', bundle: true, minify: true, logLevel: 'warning' })
}
