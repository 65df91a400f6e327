import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeKeyProvider } from '@tenantry/sdk/testing/contracts'
import { createLocalKeys, createLocalKeysFromFile } from './local.ts'

describeKeyProvider('createLocalKeys', {
  create: async () => {
    const options = { primary: 'k2', keys: { k1: randomBytes(32).toString('base64'), k2: randomBytes(32).toString('base64') } }
    return { keys: createLocalKeys(options), peer: createLocalKeys(options), close: async () => undefined }
  },
})

describeKeyProvider('createLocalKeysFromFile', {
  create: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tenantry-keys-'))
    const path = join(folder, 'keys.json')
    const keys = await createLocalKeysFromFile({ path })
    return { keys, peer: await createLocalKeysFromFile({ path }), close: () => rm(folder, { recursive: true, force: true }) }
  },
})
