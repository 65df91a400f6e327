import { describe, expect, it } from 'vitest'
import { importsOf, isTest, listFiles, resolveImport } from './sources.ts'

const sources = (folder: string) => listFiles(folder, /\.tsx?$/).filter((file) => !isTest(file))

const edges = (folder: string) =>
  sources(folder).flatMap((file) => importsOf(file).map((specifier) => ({ file, to: resolveImport(file, specifier) })))

/** A room of the sdk: `connections`, `providers/gmail`, `vendors/google`; files at the top are `(top)`. */
function room(path: string): string {
  const [first = '', second = ''] = path.replace('packages/sdk/src/', '').split('/')
  if (second === '') return '(top)'
  return (first === 'providers' || first === 'vendors') && !second.endsWith('.ts') ? `${first}/${second}` : first
}

// Who may import whom inside the sdk. What is not listed is not allowed; every room may import itself.
const allowed: Record<string, readonly string[]> = {
  errors: [],
  model: ['errors'],
  ports: ['errors', 'model'],
  wire: ['errors', 'model', 'ports'],
  client: ['errors', 'wire'],
  calendar: ['errors', 'model'],
  crypto: ['errors', 'model', 'ports'],
  oauth: ['errors', 'model', 'ports', 'crypto', 'vendors'],
  vendors: ['errors', 'model', 'ports'],
  'vendors/google': ['errors', 'model', 'ports', 'crypto', 'vendors'],
  'vendors/microsoft': ['errors', 'model', 'ports', 'crypto', 'vendors'],
  telemetry: ['errors', 'model', 'ports'],
  audit: ['model', 'ports', 'crypto', '(top)'],
  mail: ['errors', 'model'],
  providers: ['errors', 'model', 'ports', 'crypto', 'vendors'],
  'providers/gmail': ['errors', 'model', 'ports', 'crypto', 'oauth', 'vendors', 'vendors/google', 'providers'],
  'providers/microsoft-shared-mailbox': ['errors', 'model', 'ports', 'crypto', 'oauth', 'vendors', 'vendors/microsoft', 'providers'],
  'providers/google-calendar': ['errors', 'model', 'ports', 'crypto', 'oauth', 'vendors', 'vendors/google', 'providers'],
  connections: ['errors', 'model', 'ports', 'audit', 'crypto', 'mail', 'oauth', 'vendors', 'providers', 'wire', '(top)'],
  setup: ['errors', 'model', 'ports', 'audit', 'crypto', 'oauth', 'vendors', 'connections', 'wire', '(top)'],
  google: [
    'errors',
    'model',
    'ports',
    'audit',
    'crypto',
    'oauth',
    'vendors',
    'vendors/google',
    'providers/gmail',
    'connections',
    'setup',
    'wire',
    '(top)',
  ],
  microsoft: ['errors', 'model', 'ports', 'oauth', 'vendors', 'vendors/microsoft', 'providers', 'connections', 'setup', 'wire', '(top)'],
  tenants: ['errors', 'model', 'ports', 'audit', 'oauth', 'vendors', 'connections', 'google', '(top)'],
  secrets: ['errors', 'ports', 'audit', 'crypto', 'connections', '(top)'],
  maintenance: ['errors', 'model', 'ports', 'connections', 'tenants', 'google', 'providers', 'vendors', '(top)'],
}

describe('the rooms of the sdk', () => {
  it('import only what they may', () => {
    const forbidden = edges('packages/sdk/src')
      .filter(({ file, to }) => to.startsWith('packages/') && !file.includes('/testing/') && room(file) !== '(top)')
      .filter(({ file, to }) => room(to) !== room(file) && !(allowed[room(file)] ?? []).includes(room(to)))
    expect(forbidden).toEqual([])
  })

  it('have no room that this rule does not know', () => {
    const rooms = new Set(sources('packages/sdk/src').map(room))
    expect([...rooms].filter((name) => name !== '(top)' && name !== 'testing' && allowed[name] === undefined)).toEqual([])
  })

  it('reach into testing from nowhere', () => {
    expect(edges('packages/sdk/src').filter(({ file, to }) => !file.includes('/testing/') && to.includes('/testing/'))).toEqual([])
  })

  it('know of connections/ only by context.ts and create-tenantry.ts at the top', () => {
    const rooms = edges('packages/sdk/src').filter(
      ({ file, to }) => to.startsWith('packages/') && room(to) === '(top)' && room(file) !== '(top)' && room(file) !== 'testing',
    )
    expect([...new Set(rooms.map(({ to }) => to))]).toEqual(['packages/sdk/src/context.ts'])
  })
})

describe('packages', () => {
  const own = (specifier: string) => specifier.startsWith('@tenantry/')

  it('the sandbox knows no other package of ours', () => {
    expect(edges('packages/sandbox/src').filter(({ to }) => own(to))).toEqual([])
  })

  it('the sdk knows no other package of ours, and no platform', () => {
    expect(edges('packages/sdk/src').filter(({ to }) => own(to) || to.startsWith('node:'))).toEqual([])
  })

  it('server-adapters import published subpaths of the sdk, and never each other', () => {
    const wrong = edges('packages/server-adapters/src').filter(({ file, to }) => {
      if (file.includes('/testing-postgres/')) return false
      if (own(to)) return !to.startsWith('@tenantry/sdk')
      if (!to.startsWith('packages/')) return false
      const adapter = (path: string) => path.replace('packages/server-adapters/src/', '').split('/')[0] ?? ''
      // A skin is nothing without the handler that it wraps, and how a vendor is called over REST belongs to none.
      return adapter(to) !== adapter(file) && !['http', 'rest'].includes(adapter(to))
    })
    expect(wrong).toEqual([])
  })

  it('the ui imports sdk/wire, sdk/client, sdk/errors and the pure sdk/model only', () => {
    const known = ['@tenantry/sdk/wire', '@tenantry/sdk/client', '@tenantry/sdk/errors', '@tenantry/sdk/errors/de', '@tenantry/sdk/model']
    expect(edges('packages/ui/src').filter(({ to }) => own(to) && !known.includes(to))).toEqual([])
  })

  it('in the ui, only data/ and the provider hold the client, and features never import each other', () => {
    const feature = (path: string) => /^packages\/ui\/src\/features\/([^/]+)\//.exec(path)?.[1]
    const wrong = edges('packages/ui/src').filter(({ file, to }) => {
      if (to === '@tenantry/sdk/client') return !/\/(data|provider|testing)\//.test(file) && !file.endsWith('src/index.ts')
      return feature(file) !== undefined && feature(to) !== undefined && feature(file) !== feature(to)
    })
    expect(wrong).toEqual([])
  })

  it('views take data and callbacks only', () => {
    const wrong = edges('packages/ui/src').filter(
      ({ file, to }) => file.endsWith('.view.tsx') && (to.includes('/src/data/') || to.includes('react-query')),
    )
    expect(wrong).toEqual([])
  })

  it('parts know neither domain nor network', () => {
    const wrong = edges('packages/ui/src').filter(
      ({ file, to }) => /\/src\/parts\//.test(file) && /\/src\/(data|features|elements)\/|@tenantry\//.test(to),
    )
    expect(wrong).toEqual([])
  })

  it('examples, tests and stories use published subpaths only', () => {
    const deep = ['examples', 'test', '.storybook']
      .flatMap((folder) => listFiles(folder, /\.tsx?$/))
      .flatMap((file) => importsOf(file).map((specifier) => ({ file, to: resolveImport(file, specifier) })))
    expect(deep.filter(({ to }) => to.startsWith('packages/') && !to.includes('testing-postgres'))).toEqual([])
  })
})
