import { readFileSync } from 'node:fs'
import type { Options } from 'tsup'

/** One build for every package: its entries are its exports, so a subpath without a source file does not build. */
export function tsupOptions(options: Options = {}): Options {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
  const targets = Object.values<{ import?: string } | string>(manifest.exports)
  const files = targets.flatMap((target) => (typeof target === 'string' ? [] : [target.import ?? '']))
  const entry = Object.fromEntries(
    files
      .filter((file) => file.endsWith('.js'))
      .map((file) => {
        const name = file.replace('./dist/', '').replace(/\.js$/, '')
        return [name, `src/${name}.ts`]
      }),
  )
  // The example runs without declarations, and they are most of the build's time.
  return {
    entry,
    format: ['esm'],
    dts: process.env['TENANTRY_BUILD_TYPES'] !== 'off',
    sourcemap: true,
    clean: true,
    target: 'es2022',
    splitting: true,
    ...options,
  }
}
