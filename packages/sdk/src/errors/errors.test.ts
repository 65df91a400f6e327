import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { errorCodes, failures, fillWords, isTenantryError, ProviderRefusal, TenantryError } from './index.ts'
import type { AnyTenantryError } from './index.ts'

/** The vendor is named by default. */
const placeholdersOf = (text: string) => [...text.matchAll(/\{(?!vendor\})(\w+)\}/g)].map(([, name]) => name)

describe.each(errorCodes)('the words of %s', (code) => {
  const { httpStatus, title, detail, remedy } = failures[code]

  it('say what happened and what to do, in sentences', () => {
    expect(fillWords(title, { vendor: 'Microsoft' })).toMatch(/^[A-Z].*[^.!]$/)
    for (const sentence of [detail, remedy]) {
      expect(sentence).toMatch(/^(?:[A-Z{]|iam\.|gmail-).*\.$/)
      expect(sentence).not.toMatch(/\s{2}|undefined|\[object/)
    }
    expect(title.length).toBeLessThan(60)
    expect(detail).not.toBe(remedy)
  })

  it('come with a status of an error', () => {
    expect(httpStatus).toBeGreaterThanOrEqual(400)
    expect(httpStatus).toBeLessThan(600)
  })
})

describe('placeholders', () => {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('test') && !file.startsWith('errors/'))
    .map((file) => readFileSync(root + file, 'utf8'))

  it('are filled wherever such an error is made', () => {
    const withWords = errorCodes.filter((code) => placeholdersOf(failures[code].detail + failures[code].remedy).length > 0)
    expect(withWords.length).toBeGreaterThan(4)
    const unfilled = withWords.flatMap((code) => {
      const names = new Set(placeholdersOf(failures[code].title + failures[code].detail + failures[code].remedy))
      const made = sources.flatMap((source) =>
        [...source.matchAll(new RegExp(`new TenantryError\\('${code}'[^\\n]*`, 'g'))].map(([line]) => line),
      )
      return made.flatMap((line) => [...names].filter((name) => !line.includes(`${name}:`)).map((name) => `${code} {${name}}: ${line}`))
    })
    expect(unfilled).toEqual([])
  })

  it('name Google as the vendor unless an error names another', () => {
    expect(fillWords('{vendor} refused')).toBe('Google refused')
    expect(fillWords('{vendor} refused', { vendor: 'Microsoft' })).toBe('Microsoft refused')
  })

  it('that nobody filled are left out, and values are never read twice', () => {
    expect(fillWords('The key is for {actual}, not {expected}.', { actual: '{expected}' })).toBe('The key is for {expected}, not ….')
  })
})

describe('TenantryError', () => {
  it('carries code, status, words and fields, and no cause', () => {
    const error = new TenantryError('key_project_mismatch', {
      field: 'serviceAccountKey',
      values: { actual: 'p1', expected: 'p2' },
      retryAfterMs: 5,
    })
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ name: 'TenantryError', httpStatus: 422, retryable: false, retryAfterMs: 5, field: 'serviceAccountKey' })
    expect(error.fields).toEqual([{ field: 'serviceAccountKey', code: 'key_project_mismatch', values: { actual: 'p1', expected: 'p2' } }])
    expect(error.message).toBe(
      'key_project_mismatch: The key is for p1, the project here is p2. Gmail needs topic and OAuth client in one project. Create the key in project p2.',
    )
    expect('cause' in error).toBe(false)
  })

  it('names its first field when it has several', () => {
    const fields = [
      { field: 'clientId', code: 'client_id_invalid' },
      { field: 'projectId', code: 'project_id_is_number' },
    ] as const
    expect(new TenantryError('invalid_input', { fields })).toMatchObject({ field: 'clientId', fields })
  })

  it('is known across copies of the package, and nothing else is taken for it', async () => {
    vi.resetModules()
    const other = await import('./index.ts')
    const foreign = new other.TenantryError('throttled')
    expect(other.TenantryError).not.toBe(TenantryError)
    expect(foreign).not.toBeInstanceOf(TenantryError)
    expect(isTenantryError(foreign)).toBe(true)
    for (const value of [
      null,
      undefined,
      'throttled',
      5,
      {},
      { code: 'throttled' },
      new Error('throttled'),
      new ProviderRefusal({ vendor: 'google', operation: 'gmail.watch', httpStatus: 400 }),
    ]) {
      expect(isTenantryError(value)).toBe(false)
    }
  })

  it('narrows by its code', () => {
    const read = (error: AnyTenantryError): 'wait' | 'other' => (error.code === 'throttled' ? 'wait' : 'other')
    expect([read(new TenantryError('throttled')), read(new TenantryError('internal'))]).toEqual(['wait', 'other'])
  })
})

describe('ProviderRefusal', () => {
  const refusal = new ProviderRefusal({
    vendor: 'google',
    operation: 'gmail.watch',
    httpStatus: 400,
    reason: 'invalidArgument',
    message: `EXAMPLE_text Only one user ${'x'.repeat(400)} END`,
  })

  it('keeps the vendor’s text to itself', () => {
    for (const shown of [String(refusal), refusal.stack, inspect(refusal, { depth: 9, showHidden: true }), JSON.stringify(refusal)])
      expect(shown).not.toContain('EXAMPLE_')
    expect(refusal.message).toBe('gmail.watch was refused with status 400 (invalidArgument)')
  })

  it('answers whether the text mentions something, in any case, within 300 characters', () => {
    expect(refusal.mentions('ONLY ONE user')).toBe(true)
    expect(refusal.mentions('nothing', 'only one')).toBe(true)
    expect(refusal.mentions('END')).toBe(false)
    expect(new ProviderRefusal({ vendor: 'google', operation: 'x', httpStatus: 0 }).mentions('')).toBe(false)
  })
})
