// @vitest-environment node
/// <reference types="vite/client" />
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { parse, root } from 'postcss'
import type { AtRule, ChildNode, Rule } from 'postcss'
import { beforeAll, describe, expect, it } from 'vitest'

const folder = new URL('.', import.meta.url).pathname
const sources = Object.keys(import.meta.glob(['../{parts,elements,features}/**/*.css', './*.css'], { query: '?url' }))

let minified = ''
let sheet = root()

beforeAll(async () => {
  const result = await build({
    entryPoints: [`${folder}index.css`],
    bundle: true,
    minify: true,
    write: false,
    logLevel: 'silent',
    outfile: 'styles.css',
  })
  minified = result.outputFiles[0]?.text ?? ''
  sheet = parse(minified)
})

function rulesOf(): Rule[] {
  const rules: Rule[] = []
  sheet.walkRules((rule) => {
    const parent = rule.parent as AtRule
    if (!parent.name?.endsWith('keyframes')) rules.push(rule)
  })
  return rules
}

describe('styles.css', () => {
  it('starts every selector in our own scope', () => {
    const selectors = rulesOf().flatMap((rule) => rule.selectors)
    expect(selectors.length).toBeGreaterThan(100)
    expect(selectors.filter((selector) => !/^(\.tn-|:where\(\.tn-root)/.test(selector))).toEqual([])
  })

  it('keeps everything inside @layer tenantry', () => {
    const outside = sheet.nodes.filter(
      (node: ChildNode) => !(node.type === 'atrule' && node.name === 'layer' && node.params === 'tenantry'),
    )
    expect(outside.map(String)).toEqual([])
  })

  it('names its keyframes and containers so that they meet no others', () => {
    const names: string[] = []
    sheet.walkAtRules(/keyframes$|^container$/, (rule) => {
      names.push(rule.params)
    })
    expect(names.filter((name) => !name.startsWith('tn'))).toEqual([])
  })

  it('asks for the direction that our root says, not with :dir(): hosts’ bundlers make a list of languages of it', () => {
    expect(rulesOf().flatMap((rule) => rule.selectors.filter((selector) => selector.includes(':dir(')))).toEqual([])
  })

  it('has no !important, no fonts, no physical direction', () => {
    const physical = /^(margin|padding|border|inset)-(left|right)|^(left|right)$|^(width|height|min-width|max-width|min-height|max-height)$/
    const found: string[] = []
    sheet.walkDecls((declaration) => {
      if (declaration.important || physical.test(declaration.prop) || /^(left|right)$/.test(declaration.value))
        found.push(String(declaration))
    })
    expect(found).toEqual([])
    expect(minified).not.toContain('@font-face')
  })

  it('imports every stylesheet of the package', () => {
    const imported = sources.map((source) => readFileSync(new URL(source, import.meta.url), 'utf8')).join('\n')
    const missing = sources.filter((source) => source.startsWith('../') && !imported.includes(`@import '${source}'`))
    expect(missing).toEqual([])
  })

  it('weighs at most 7 KB gzipped', () => {
    expect(gzipSync(minified, { level: 9 }).byteLength).toBeLessThanOrEqual(7 * 1024)
  })
})
