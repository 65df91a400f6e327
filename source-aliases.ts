import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('.', import.meta.url))

/** Published subpath -> source file, read from each package's exports, so that tests run on sources and nothing is listed twice. */
export function sourceAliases(): { find: RegExp; replacement: string }[] {
  return ['sdk', 'server-adapters', 'ui', 'sandbox'].flatMap((folder) => {
    const manifest = JSON.parse(readFileSync(`${root}packages/${folder}/package.json`, 'utf8'))
    return Object.entries<{ import?: string } | string>(manifest.exports).flatMap(([subpath, target]) => {
      const file = typeof target === 'string' ? target : (target.import ?? '')
      const name = `${manifest.name}${subpath.slice(1)}`
      const find = new RegExp(`^${name.replaceAll('/', '\\/').replaceAll('.', '\\.')}$`)
      if (file.endsWith('.css')) return [{ find, replacement: `${root}packages/${folder}/src/styles/index.css` }]
      if (!file.endsWith('.js')) return []
      return [{ find, replacement: sourceOf(folder, file) }]
    })
  })
}

function sourceOf(folder: string, built: string): string {
  return `${root}packages/${folder}/${built.replace('./dist/', 'src/').replace(/\.js$/, '.ts')}`
}
