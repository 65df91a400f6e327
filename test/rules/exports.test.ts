import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { read, root } from './sources.ts'

const packages = ['sdk', 'server-adapters', 'sandbox', 'ui']

type Target = string | { types: string; import: string }

const exportsOf = (name: string): Record<string, Target> => JSON.parse(read(`packages/${name}/package.json`)).exports

describe.each(packages)('the package %s', (name) => {
  const targets = Object.entries(exportsOf(name)).filter(([subpath]) => subpath !== './package.json')
  const files = targets.flatMap(([, target]) => (typeof target === 'string' ? [target] : [target.types, target.import]))

  it('has built every file that it exports', () => {
    expect(files.filter((file) => !existsSync(`${root}packages/${name}/${file}`))).toEqual([])
  })

  it('has built no entry that it does not export', () => {
    const built = readdirSync(`${root}packages/${name}/dist`, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.d.ts') && !/-[A-Za-z0-9_-]{8}\.d\.ts$/.test(file),
    )
    const exported = files.map((file) => file.replace('./dist/', ''))
    expect(built.filter((file) => !exported.includes(file))).toEqual([])
  })

  it('ships no test, no story, no source of a test', () => {
    const built = readdirSync(`${root}packages/${name}/dist`, { recursive: true, encoding: 'utf8' })
    expect(built.filter((file) => /\.(test|stories)\./.test(file))).toEqual([])
  })
})

describe('built files', () => {
  const entries = (name: string) => Object.values(exportsOf(name)).flatMap((target) => (typeof target === 'string' ? [] : [target.import]))

  it('of the ui start with "use client"', () => {
    expect(entries('ui').filter((file) => !/^['"]use client['"]/.test(read(`packages/ui/${file.slice(2)}`)))).toEqual([])
  })

  it('of the ui bring no full zod', () => {
    const built = readdirSync(`${root}packages/ui/dist`, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'))
    expect(built.filter((file) => /from ["']zod["']|from ["']zod\/v4["']/.test(read(`packages/ui/dist/${file}`)))).toEqual([])
  })

  it('of server-adapters bundle no vendor', () => {
    const built = readdirSync(`${root}packages/server-adapters/dist`, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.js'),
    )
    const large = built.filter((file) => read(`packages/server-adapters/dist/${file}`).length > 100_000)
    expect(large).toEqual([])
  })

  it('carry no vendor types in what they declare to hosts', () => {
    const declared = packages.flatMap((name) =>
      readdirSync(`${root}packages/${name}/dist`, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.d.ts'))
        .map((file) => `packages/${name}/dist/${file}`),
    )
    expect(declared.filter((file) => /from ['"](googleapis|google-auth-library|@googleapis)/.test(read(file)))).toEqual([])
  })
})
