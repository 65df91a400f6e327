import { randomBytes } from 'node:crypto'
import { link, mkdir, open, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { KeyProvider } from '@tenantry/sdk/ports'
import { createLocalKeys } from './local-keyring.ts'
import type { LocalKeysOptions } from './local-keyring.ts'

const othersMayRead = 0o077

/**
 * A keyring kept in a file `{"primary": id, "keys": {id: base64}}` that is made with one random key when it is absent. For one machine:
 * whoever has the file and the database has the secrets, and without the file the secrets are lost. To rotate, add a key to the file and make it
 * `primary`, start again, and call `sdk.secrets.rotateKeys()` (docs/keys.md).
 * @throws TypeError when other users may read the file or it is not a keyring
 */
export async function createLocalKeysFromFile(options: { readonly path: string }): Promise<KeyProvider> {
  const text = (await readKeyFile(options.path)) ?? (await createKeyFile(options.path))
  return createLocalKeys(parseKeyFile(options.path, text))
}

async function readKeyFile(path: string): Promise<string | null> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (file === null) return null
  try {
    // Asked of the open file, so that it cannot be another one a moment later. Windows has no such modes.
    const { mode } = await file.stat()
    if (process.platform !== 'win32' && (mode & othersMayRead) !== 0) {
      throw new TypeError(`The key file ${path} is open to other users. Close it with: chmod 600 ${path}`)
    }
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

async function createKeyFile(path: string): Promise<string> {
  const id = `local-${randomBytes(4).toString('hex')}`
  const text = `${JSON.stringify({ primary: id, keys: { [id]: randomBytes(32).toString('base64') } }, null, 2)}\n`
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeDurably(draft, text)
  try {
    // Unlike a rename, a link never replaces the file of a process that was first: its key may be in use already.
    await link(draft, path)
    return text
  } catch (error) {
    const winner = await readKeyFile(path)
    if (winner === null) throw error
    return winner
  } finally {
    await unlink(draft)
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

function parseKeyFile(path: string, text: string): LocalKeysOptions {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The parser's message would quote the key.
    throw notAKeyring(path)
  }
  if (!isObject(value) || typeof value['primary'] !== 'string' || !isObject(value['keys'])) throw notAKeyring(path)
  const keys = Object.entries(value['keys']).map(([id, key]) => [id, String(key)])
  return { primary: value['primary'], keys: Object.fromEntries(keys) }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function notAKeyring(path: string): TypeError {
  return new TypeError(
    `The key file ${path} is not a keyring {"primary": id, "keys": {id: base64}}. Restore it from a copy: a new key cannot read old secrets.`,
  )
}
