import { describe, expect, it } from 'vitest'
import { isTest, listFiles, read } from './sources.ts'

const sources = listFiles('packages', /\/src\/.*\.tsx?$/).filter((file) => !isTest(file))

const matching = (files: readonly string[], pattern: RegExp): string[] =>
  files.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, at) => (pattern.test(line) && !/^\s*(\*|\/\/|\/\*\*)/.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [])),
  )

describe('laws', () => {
  const core = sources.filter(
    (file) =>
      /^packages\/(sdk\/src|server-adapters\/src\/http)\//.test(file) && !file.includes('/testing/') && !file.endsWith('/system-ports.ts'),
  )

  it('the core reads clock, chance, environment and console through ports only (law 7)', () => {
    expect(
      matching(core, /Date\.now\(\)|new Date\(\)|Math\.random|\bprocess\.|\bconsole\.(log|info|warn|error|debug)|\bBuffer\b|from 'node:/),
    ).toEqual([])
  })

  it('nobody builds a Google credential from a tenant’s file by a library that follows it (law 5)', () => {
    expect(matching(sources, /GoogleAuth\(|\.fromJSON\(|fromStream\(/)).toEqual([])
  })

  it('app-level Google credentials are read nowhere (law 6)', () => {
    expect(matching([...sources, ...listFiles('examples', /\.tsx?$/)], /GOOGLE_CLIENT_(ID|SECRET)|GOOGLE_APPLICATION_CREDENTIALS/)).toEqual(
      [],
    )
  })

  it('secrets are revealed in few places, all of which are listed (law 3)', () => {
    const places = [...new Set(matching(sources, /\brevealSecret\(/).map((line) => line.split(':')[0] ?? ''))].filter(
      (file) => !file.includes('/testing/'),
    )
    expect(places.toSorted()).toMatchInlineSnapshot(`
      [
        "packages/sdk/src/connections/access-set.ts",
        "packages/sdk/src/connections/fetch-item.ts",
        "packages/sdk/src/connections/goodbye/held-access.ts",
        "packages/sdk/src/connections/goodbye/material.ts",
        "packages/sdk/src/connections/identify.ts",
        "packages/sdk/src/connections/once.ts",
        "packages/sdk/src/connections/open-audiences.ts",
        "packages/sdk/src/connections/open-event.ts",
        "packages/sdk/src/connections/refresh-token.ts",
        "packages/sdk/src/connections/resolve-app.ts",
        "packages/sdk/src/connections/store-grant.ts",
        "packages/sdk/src/crypto/envelope.ts",
        "packages/sdk/src/google/check-app.ts",
        "packages/sdk/src/oauth/token-client.ts",
        "packages/sdk/src/providers/gmail/push/setup.ts",
        "packages/sdk/src/setup/load-bundle.ts",
        "packages/server-adapters/src/mail/relay.ts",
      ]
    `)
  })

  it('nothing is compared byte by byte outside the constant-time function', () => {
    expect(
      matching(core, /(token|secret|hash|signature|mac)\w* === /i).filter(
        (line) => !/=== (null|undefined|''|0|true|false)|typeof/.test(line),
      ),
    ).toEqual([])
  })
})

describe('style', () => {
  it('no export *, no default export, no any, nothing left to do', () => {
    expect(matching(sources, /export \*|export default|:\s*any\b|\bas any\b|@ts-ignore|@ts-expect-error|\bTODO\b|\bFIXME\b/)).toEqual([])
  })

  it('no attic: utils, helpers, common, misc', () => {
    expect(sources.filter((file) => /(^|\/)(utils?|helpers?|common|misc|shared)(\.tsx?$|\/)/.test(file))).toEqual([])
  })

  it('files are kebab-case, at most 300 lines, and half of them under 120', () => {
    const lengths = sources.map((file) => ({ file, lines: read(file).split('\n').length }))
    const limit = (file: string) => (/\/contracts\/|\.messages(\.\w\w)?\.ts$|\/locales\/|\/errors\/codes/.test(file) ? 500 : 300)
    expect(lengths.filter(({ file, lines }) => lines > limit(file))).toEqual([])
    expect(sources.filter((file) => !/\/[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.tsx?$/.test(file))).toEqual([])
    const sorted = lengths.map(({ lines }) => lines).toSorted((left, right) => left - right)
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(120)
  })

  it('no secret-looking text anywhere but with EXAMPLE_ in it', () => {
    const all = ['packages', 'examples', 'test'].flatMap((folder) => listFiles(folder, /\.(tsx?|md|json|html|css)$/))
    expect(
      matching(
        all,
        /GOCSPX-(?!EXAMPLE)[A-Za-z0-9_-]{6,}|ya29\.(?!EXAMPLE)[A-Za-z0-9_-]{6,}|-----BEGIN (RSA )?PRIVATE KEY-----\\n[A-Za-z0-9+/]{40,}/,
      ),
    ).toEqual([])
  })
})
