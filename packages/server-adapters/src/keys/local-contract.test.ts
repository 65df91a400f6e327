import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeKeyProvider } from '@tenantry/sdk/testing/contracts'
import { createLocalKeys, createLocalKeysFromFile } from './local.ts'
import type { LocalKeysOptions } from './local.ts'

const withAnother = ({ keys }: LocalKeysOptions): LocalKeysOptions => ({
  primary: 'k3',
  keys: { ...keys, k3: randomBytes(32).toString('base64') },
})

describeKeyProvider('createLocalKeys', {
  create: async () => {
    const options = { primary: 'k2', keys: { k1: randomBytes(32).toString('base64'), k2: randomBytes(32).toString('base64') } }
    const successor = async () => createLocalKeys(withAnother(options))
    return { keys: createLocalKeys(options), peer: createLocalKeys(options), successor, close: async () => undefined }
  },
})

describeKeyProvider('createLocalKeysFromFile', {
  create: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tenantry-keys-'))
    const path = join(folder, 'keys.json')
    const keys = await createLocalKeysFromFile({ path })
    const successor = async () => {
      await writeFile(path, JSON.stringify(withAnother(JSON.parse(await readFile(path, 'utf8')) as LocalKeysOptions)))
      return createLocalKeysFromFile({ path })
    }
    return { keys, peer: await createLocalKeysFromFile({ path }), successor, close: () => rm(folder, { recursive: true, force: true }) }
  },
})
