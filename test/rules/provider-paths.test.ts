import { describe, expect, it } from 'vitest'
import { importsOf, isTest, listFiles, read, resolveImport } from './sources.ts'

/** Each provider with the vendor that it belongs to, and the adapters that only it uses. */
const providers: Readonly<Record<string, { readonly vendor: string; readonly adapters: readonly string[]; readonly names: RegExp }>> = {
  gmail: { vendor: 'google', adapters: [], names: /gmail/i },
  'google-calendar': { vendor: 'google', adapters: [], names: /google-?calendar/i },
  'microsoft-shared-mailbox': { vendor: 'microsoft', adapters: ['mail'], names: /shared[-_]?mailbox/i },
}

/** What works for every provider, so that adding one edits none of it. */
const core = [
  'audit/',
  'connections/',
  'crypto/',
  'maintenance/',
  'oauth/',
  'setup/',
  'telemetry/',
  'providers/check.ts',
  'providers/provider.ts',
  'vendors/vendor.ts',
  'wire/connections.ts',
  'wire/problem.ts',
  'context.ts',
  'create-context.ts',
  'create-tenantry.ts',
  'tenantry-options.ts',
].map((path) => `packages/sdk/src/${path}`)

/** The few lines of the core that name one, each with its reason. */
const known: Readonly<Record<string, string>> = {
  'packages/sdk/src/connections/check-connection.ts': 'codes of polling that is as it should be',
  'packages/sdk/src/maintenance/settle.ts': 'codes of polling that is as it should be',
}

const sources = listFiles('packages', /\/src\/.*\.tsx?$/).filter((file) => !isTest(file) && !file.includes('/testing/'))

/** Lines that do something: what comments say of a provider binds nobody. */
const lines = (file: string): string[] =>
  read(file)
    .split('\n')
    .filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line))

const isCore = (file: string): boolean => core.some((path) => (path.endsWith('/') ? file.startsWith(path) : file === path))

/** Where a provider may be at home. */
function homes(name: string): string[] {
  const { vendor = '', adapters = [] } = providers[name] ?? {}
  return [
    `packages/sdk/src/providers/${name}/`,
    // What a vendor's providers share, and the tenant's own app.
    `packages/sdk/src/vendors/${vendor}/`,
    `packages/sdk/src/${vendor}/`,
    // The list of what there is, and the words for what can go wrong.
    'packages/sdk/src/index.ts',
    'packages/sdk/src/errors/',
    ...[vendor, ...adapters].map((adapter) => `packages/server-adapters/src/${adapter}/`),
    'packages/ui/src/',
    'packages/sandbox/src/',
  ]
}

describe('a provider', () => {
  it('has a folder of its own, and this rule knows it', () => {
    const folders = listFiles('packages/sdk/src/providers', /\.ts$/).flatMap((file) => /src\/providers\/([^/]+)\//.exec(file)?.[1] ?? [])
    expect([...new Set(folders)].toSorted()).toEqual(Object.keys(providers).toSorted())
  })

  it('is named nowhere in what works for all of them', () => {
    const named = sources
      .filter(isCore)
      .filter((file) => lines(file).some((line) => Object.values(providers).some(({ names }) => names.test(line))))
    expect(named).toEqual(Object.keys(known))
  })

  it('is imported by nothing that works for all of them', () => {
    const imports = sources.filter(isCore).flatMap((file) => importsOf(file).map((specifier) => resolveImport(file, specifier)))
    expect(imports.length).toBeGreaterThan(100)
    expect(imports.filter((to) => /\/(?:providers|vendors)\/[^/]+\//.test(to))).toEqual([])
  })

  it('of Microsoft’s shared mailboxes lives in its folder, its vendor’s, its adapters and the screens', () => {
    const name = 'microsoft-shared-mailbox'
    const elsewhere = sources
      .filter((file) => !homes(name).some((home) => file.startsWith(home)) && known[file] === undefined)
      .filter((file) => lines(file).some((line) => providers[name]?.names.test(line)))
    expect(elsewhere).toEqual([])
  })
})
