import { randomBytes } from 'node:crypto'
import { describeKeyProvider } from '@tenantry/sdk/testing/contracts'
import { createLocalKeys } from './local.ts'

describeKeyProvider('createLocalKeys', {
  create: async () => {
    const options = { primary: 'k2', keys: { k1: randomBytes(32).toString('base64'), k2: randomBytes(32).toString('base64') } }
    return { keys: createLocalKeys(options), peer: createLocalKeys(options), close: async () => undefined }
  },
})
