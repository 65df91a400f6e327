import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeAzureScript } from './write-azure-script.ts'
import type { AzureScriptInput } from './write-azure-script.ts'

const directory = '11111111-1111-4111-8111-111111111111'
const app = '33333333-3333-4333-8333-333333333333'

interface Account {
  /** What `az` answers, by the first words of what it is asked; nothing and success for the rest. */
  readonly answers?: Readonly<Record<string, string>>
  readonly failing?: readonly string[]
}

const empty: Record<string, string> = {
  'account show': directory,
  'ad app create': app,
  'ad app show': 'https://old.example.com/callback',
  'ad sp show --id 00000003': 'permission-id',
  'ad app credential list --id 33333333-3333-4333-8333-333333333333 --query length(@)': '0',
  'ad app credential list --id 33333333-3333-4333-8333-333333333333 --query max': '2028-11-21T08:00:00Z',
  'ad app credential reset': 'EXAMPLE_secret',
}

/** Runs a script in bash with an az that notes its arguments, one call a line, each argument in base64. */
function run(script: string, { answers = {}, failing = [] }: Account = {}): { status: number | null; output: string; calls: string[][] } {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-azure-'))
  const log = join(folder, 'calls')
  const said = Object.entries({ ...empty, ...answers }).toSorted(([left], [right]) => right.length - left.length)
  const cases = [
    ...failing.map((words) => `  '${words}'*) exit 1 ;;`),
    ...said.map(([words, answer]) => `  '${words}'*) printf '%s\\n' '${answer}' ;;`),
  ].join('\n')
  writeFileSync(
    join(folder, 'az'),
    `#!/bin/bash
for word in "$@"; do printf '%s ' "$(printf '%s' "$word" | base64 -w0)=" >> '${log}'; done
printf '\\n' >> '${log}'
case "$*" in
${cases}
esac
exit 0
`,
  )
  chmodSync(join(folder, 'az'), 0o755)
  writeFileSync(log, '')
  const { status, stdout } = spawnSync('/bin/bash', [], { input: script, env: { PATH: `${folder}:/usr/bin:/bin` } })
  const calls = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) =>
      line
        .trim()
        .split(' ')
        .map((word) => Buffer.from(word.slice(0, -1), 'base64').toString()),
    )
  rmSync(folder, { recursive: true })
  return { status, output: stdout.toString(), calls }
}

const input: AzureScriptInput = {
  name: 'Mail for app.example.com',
  redirectUri: 'https://app.example.com/api/auth/microsoft/callback',
  directoryId: directory,
  clientId: null,
  delegated: ['Mail.Send.Shared', 'offline_access'],
  application: ['Mail.Send'],
}
const verbsOf = (calls: readonly string[][]) =>
  calls.map((call) =>
    call
      .slice(0, 4)
      .filter((word) => !word.startsWith('-'))
      .slice(0, 4)
      .join(' '),
  )
const changes = (calls: readonly string[][]) => verbsOf(calls).filter((verb) => /create|update|add|reset/.test(verb))
const valueOf = (call: readonly string[] | undefined, option: string) => call?.[call.indexOf(option) + 1]
const callOf = (calls: readonly string[][], verb: string) => calls.find((call) => call.join(' ').startsWith(verb))

describe('the script for Azure Cloud Shell', () => {
  it('registers an app with all that it needs, and prints what is to be saved', () => {
    const { status, output, calls } = run(writeAzureScript(input), { failing: ['ad sp show --id 33333333'] })
    expect(status).toBe(0)
    expect(changes(calls)).toEqual([
      'ad app create',
      'ad sp create',
      'ad app update',
      'ad app permission add',
      'ad app permission add',
      'ad app permission add',
      'ad app credential reset',
    ])
    expect(valueOf(callOf(calls, 'ad app create'), '--sign-in-audience')).toBe('AzureADMyOrg')
    expect(callOf(calls, 'ad app update')?.slice(5)).toEqual(['--web-redirect-uris', 'https://old.example.com/callback', input.redirectUri])
    expect(calls.filter((call) => call.includes('add')).map((call) => valueOf(call, '--api-permissions'))).toEqual([
      'permission-id=Scope',
      'permission-id=Scope',
      'permission-id=Role',
    ])
    expect(
      calls
        .filter((call) => call.includes('--query') && call.includes('00000003-0000-0000-c000-000000000000'))
        .map((call) => valueOf(call, '--query')),
    ).toEqual([
      "oauth2PermissionScopes[?value=='Mail.Send.Shared'].id | [0]",
      "oauth2PermissionScopes[?value=='offline_access'].id | [0]",
      "appRoles[?value=='Mail.Send'].id | [0]",
    ])
    for (const value of [directory, app, 'EXAMPLE_secret', '2028-11-21']) expect(output).toContain(value)
  })

  it('changes nothing where all is there', () => {
    const there = {
      'ad app list': app,
      'ad app show': `https://old.example.com/callback\n${input.redirectUri}`,
      'ad app permission list': 'permission-id',
      'ad app credential list --id 33333333-3333-4333-8333-333333333333 --query length(@)': '1',
    }
    const { status, calls } = run(writeAzureScript(input), { answers: there })
    expect(status).toBe(0)
    expect(changes(calls)).toEqual([])
  })

  it('completes the app that is saved, and looks for no other', () => {
    const { calls } = run(writeAzureScript({ ...input, clientId: app }))
    expect(callOf(calls, 'ad app list')).toBeUndefined()
    expect(callOf(calls, 'ad app create')).toBeUndefined()
    expect(valueOf(callOf(calls, 'ad app update'), '--id')).toBe(app)
  })

  it('stops before it changes anything in another directory', () => {
    const { status, calls } = run(writeAzureScript(input), { answers: { 'account show': '22222222-2222-4222-8222-222222222222' } })
    expect(status).toBe(1)
    expect(verbsOf(calls)).toEqual(['account show tenantId'])
  })

  it('stops where Graph has no such permission, and where a command fails', () => {
    expect(run(writeAzureScript(input), { answers: { 'ad sp show --id 00000003': '' } }).status).toBe(1)
    expect(run(writeAzureScript(input), { failing: ['ad app update'] }).status).toBe(1)
  })

  it('hands every text over as it is, whatever is in it', () => {
    const text = fc.oneof(
      fc.string({ minLength: 1 }).map((written) => written.replaceAll(/[\0\r\n]/g, '_')),
      fc.constantFrom("'; touch /tmp/owned; '", '$(id)', '`id`', '"', '\\', '*', '$HOME', "a'b'c", '--id'),
    )
    fc.assert(
      fc.property(text, text, (name, path) => {
        const redirectUri = `https://app.example.com/${path}`
        const { status, calls } = run(writeAzureScript({ ...input, name, redirectUri }))
        expect(status).toBe(0)
        expect(valueOf(callOf(calls, 'ad app create'), '--display-name')).toBe(name)
        expect(valueOf(callOf(calls, 'ad app list'), '--filter')).toBe(`displayName eq '${name.replaceAll("'", "''")}'`)
        expect(callOf(calls, 'ad app update')?.at(-1)).toBe(redirectUri)
      }),
      { numRuns: 8 },
    )
  }, 60_000)
})
