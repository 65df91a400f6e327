import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import ts from 'typescript'
import { listFiles, read, root } from './sources.ts'

const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', ...listFiles('packages', /^packages\/[^/]+\/README\.md$/)]

const blocks = pages.flatMap((page) =>
  [...read(page).matchAll(/```(tsx?)\n([^]*?)```/g)].map(([, extension = 'ts', code = ''], at) => ({
    name: `${page} block ${at + 1}`,
    extension,
    code,
  })),
)

/** What the host brings along in the README's example. */
const host = `
import type { CalendarChanged, MessageReceived, Principal } from '@tenantry/sdk'
import type { Action, ConnectionFacts } from '@tenantry/sdk/ports'
export declare function readSession(request: Request): Promise<Principal | null>
export declare function may(principal: Principal, action: Action, connection: ConnectionFacts | null): boolean
export declare function saveTicket(event: MessageReceived, transaction: unknown): Promise<void>
export declare function saveShift(event: CalendarChanged, transaction: unknown): Promise<void>
`

describe('documentation', () => {
  it('compiles: every block of every page', () => {
    expect(blocks.length).toBeGreaterThan(1)
    const files = new Map(blocks.map(({ extension, code }, at) => [`${root}test/rules/block-${at}.${extension}`, code]))
    files.set(`${root}test/rules/your-product.ts`, host)
    const config = ts.getParsedCommandLineOfConfigFile(
      `${root}tsconfig.json`,
      {},
      { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
    )
    const options: ts.CompilerOptions = { ...config?.options, noEmit: true, noUnusedLocals: false, types: ['node', 'vite/client'] }
    const disk = ts.createCompilerHost(options)
    const compiler: ts.CompilerHost = {
      ...disk,
      fileExists: (file) => files.has(file) || disk.fileExists(file),
      readFile: (file) => files.get(file) ?? disk.readFile(file),
      getSourceFile: (file, languageVersion) => {
        const code = files.get(file)
        return code === undefined ? disk.getSourceFile(file, languageVersion) : ts.createSourceFile(file, code, languageVersion, true)
      },
    }
    const program = ts.createProgram([...files.keys()], options, compiler)
    const wrong = [...files.keys()].flatMap((file) => {
      const source = program.getSourceFile(file)
      return source === undefined ? [] : [...program.getSemanticDiagnostics(source), ...program.getSyntacticDiagnostics(source)]
    })
    expect(
      wrong.map(({ file, messageText }) => `${file?.fileName.replace(root, '')}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
    ).toEqual([])
  }, 120_000)

  it('keeps the drop-in of the README under 25 lines', () => {
    const [server] = blocks.filter(({ name }) => name.startsWith('README.md'))
    const lines = (server?.code ?? '').split('\n').filter((line) => line.trim() !== '')
    expect(lines.length).toBeLessThan(25)
  })

  it('links to files that exist', () => {
    const links = [...pages, ...listFiles('docs', /\.md$/)].flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)\)/g)].map(([, target = '']) => ({ page, target })),
    )
    expect(links.filter(({ page, target }) => !existsSync(new URL(target, `file://${root}${page}`)))).toEqual([])
  })

  it('says of every action what it allows', () => {
    const [, union = ''] = /type Action =([^]*?)\n\n/.exec(read('packages/sdk/src/ports/authorize.ts')) ?? []
    const actions = [...union.matchAll(/'([\w.]+)'/g)].map(([, action]) => action)
    const rows = [...read('docs/authorize.md').matchAll(/^\| `([\w.]+)`/gm)].map(([, action]) => action)
    expect(actions.length).toBeGreaterThan(10)
    expect(rows.toSorted()).toEqual(actions.toSorted())
  })

  it('names only commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = pages.flatMap((page) => [...read(page).matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name))
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([])
  })
})
