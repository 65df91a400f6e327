import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** Files below a folder of the repository, by path from its root. Built and installed files are left out. */
export function listFiles(folder: string, matches: RegExp): string[] {
  return readdirSync(root + folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.slice(root.length)}/${entry.name}`)
    .filter((file) => matches.test(file) && !/(^|\/)(node_modules|dist|\.tenantry|storybook-static)\//.test(file))
}

export const read = (file: string): string => readFileSync(root + file, 'utf8')

export const isTest = (file: string): boolean => /\.(test|test-d|stories)\.tsx?$/.test(file)

/** What a file imports, as written. */
export function importsOf(file: string): string[] {
  return ts.preProcessFile(read(file), true, true).importedFiles.map(({ fileName }) => fileName)
}

/** An import as a path from the repository's root when it is relative, else as it is. */
export function resolveImport(file: string, specifier: string): string {
  return specifier.startsWith('.') ? new URL(specifier, `file:///${file}`).pathname.slice(1) : specifier
}
