import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLocalKeys, createLocalKeysFromFile } from './local.ts'

const randomKey = () => randomBytes(32).toString('base64')
const dataKey = () => new Uint8Array(randomBytes(32))

describe('createLocalKeys', () => {
  const first = randomKey()

  it('unwraps what it wrapped, and nothing that was changed', async () => {
    const keys = createLocalKeys({ primary: 'k1', keys: { k1: first } })
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.string(), fc.nat(), async (data, context, bit) => {
        const wrapped = await keys.wrap(data, context)
        expect(await keys.unwrap(wrapped, context)).toEqual(data)
        const changed = Uint8Array.from(wrapped.wrapped)
        const at = bit % (changed.length * 8)
        changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7))
        await expect(keys.unwrap({ ...wrapped, wrapped: changed }, context)).rejects.toMatchObject({ code: 'secrets_unreadable' })
        await expect(keys.unwrap(wrapped, `${context}x`)).rejects.toMatchObject({ code: 'secrets_unreadable' })
      }),
      { numRuns: 50 },
    )
  })

  it('wraps one data key differently each time', async () => {
    const keys = createLocalKeys({ primary: 'k1', keys: { k1: first } })
    const data = dataKey()
    const wraps = await Promise.all(Array.from({ length: 50 }, () => keys.wrap(data, 'c')))
    expect(new Set(wraps.map(({ wrapped }) => Buffer.from(wrapped).toString('hex'))).size).toBe(50)
  })

  it('rotates: the new primary wraps, the old key still unwraps until it is taken away', async () => {
    const second = randomKey()
    const data = dataKey()
    const old = await createLocalKeys({ primary: 'k1', keys: { k1: first } }).wrap(data, 'c')
    const both = createLocalKeys({ primary: 'k2', keys: { k1: first, k2: second } })
    expect(await both.unwrap(old, 'c')).toEqual(data)
    expect((await both.wrap(data, 'c')).keyId).toBe('k2')
    const retired = createLocalKeys({ primary: 'k2', keys: { k2: second } })
    await expect(retired.unwrap(old, 'c')).rejects.toMatchObject({ code: 'secrets_unreadable' })
  })

  it('does not take a key id from the prototype', async () => {
    const keys = createLocalKeys({ primary: 'k1', keys: { k1: first } })
    await expect(keys.unwrap({ keyId: '__proto__', wrapped: new Uint8Array(60) }, 'c')).rejects.toMatchObject({
      code: 'secrets_unreadable',
    })
  })

  it.each([
    ['31 bytes', randomBytes(31).toString('base64')],
    ['33 bytes', randomBytes(33).toString('base64')],
    ['nothing', ''],
    ['hex', randomBytes(32).toString('hex')],
    ['base64url', Buffer.alloc(32, 0xfb).toString('base64url')],
    ['a trailing line break', `${randomKey()}\n`],
    ['zeros', Buffer.alloc(32).toString('base64')],
    ['one byte over and over', Buffer.alloc(32, 0xa7).toString('base64')],
    ['counting', Buffer.from(Array.from({ length: 32 }, (_, at) => 0x90 + at)).toString('base64')],
    [
      'the same half twice',
      Buffer.concat([Buffer.alloc(16, 'EXAMPLE\xff\xfe', 'latin1'), Buffer.alloc(16, 'EXAMPLE\xff\xfe', 'latin1')]).toString('base64'),
    ],
    ['a passphrase', Buffer.from('EXAMPLE correct horse battery st').toString('base64')],
  ])('refuses %s without printing it', (_, text) => {
    const create = () => createLocalKeys({ primary: 'k1', keys: { k1: text } })
    expect(create).toThrow(TypeError)
    expect(create).toThrow(/"k1".*openssl rand/s)
    expect(create).not.toThrow(text.trim().slice(0, 8) || 'nothing to print')
  })

  it('refuses a primary that is not there and ids that do not fit', () => {
    expect(() => createLocalKeys({ primary: 'k2', keys: { k1: first } })).toThrow(TypeError)
    expect(() => createLocalKeys({ primary: 'toString', keys: { k1: first } })).toThrow(TypeError)
    expect(() => createLocalKeys({ primary: 'a b', keys: { 'a b': first } })).toThrow(TypeError)
  })

  it('takes every random key', () => {
    for (let turn = 0; turn < 5000; turn += 1) expect(createLocalKeys({ primary: 'k', keys: { k: randomKey() } }).primaryKeyId).toBe('k')
  })
})

describe('createLocalKeysFromFile', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tenantry-keys-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('makes a file that only its owner may read, once', async () => {
    const path = join(folder, 'made', 'keys.json')
    const keys = await createLocalKeysFromFile({ path })
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const again = await createLocalKeysFromFile({ path })
    const data = dataKey()
    expect(await again.unwrap(await keys.wrap(data, 'c'), 'c')).toEqual(data)
    expect(await readdir(join(folder, 'made'))).toEqual(['keys.json'])
  })

  it('gives one key to many that start at once', async () => {
    const path = join(folder, 'race', 'keys.json')
    const rings = await Promise.all(Array.from({ length: 20 }, () => createLocalKeysFromFile({ path })))
    expect(new Set(rings.map((ring) => ring.primaryKeyId)).size).toBe(1)
    expect(await readdir(join(folder, 'race'))).toEqual(['keys.json'])
  })

  it.runIf(process.platform !== 'win32').each([0o604, 0o640, 0o644, 0o666, 0o602])('refuses a file of mode %o', async (mode) => {
    const path = join(folder, `open-${mode}.json`)
    await createLocalKeysFromFile({ path })
    await chmod(path, mode)
    await expect(createLocalKeysFromFile({ path })).rejects.toThrow(/chmod 600/)
  })

  it.each(['', '{', '[]', '{"primary":"k1"}', '{"primary":"k1","keys":["EXAMPLE_key"]}', '{"primary":"k1","keys":{"k1":"EXAMPLE_key"}} x'])(
    'refuses %j and leaves it as it is',
    async (text) => {
      const path = join(folder, `bad-${Buffer.from(text).toString('hex').slice(0, 40)}.json`)
      await writeFile(path, text, { mode: 0o600 })
      const error = await createLocalKeysFromFile({ path }).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(TypeError)
      expect(String(error)).not.toContain('EXAMPLE_key')
      expect(await readFile(path, 'utf8')).toBe(text)
    },
  )

  it('says so when the place cannot be written', async () => {
    const file = join(folder, 'plain')
    await writeFile(file, 'x', { mode: 0o600 })
    await expect(createLocalKeysFromFile({ path: join(file, 'keys.json') })).rejects.toThrow(/ENOTDIR|EEXIST/)
  })
})
