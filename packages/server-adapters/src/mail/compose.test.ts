import { describeMailComposer } from '@tenantry/sdk/testing/contracts'
import { createMailComposer } from './compose.ts'

describeMailComposer('createMailComposer', {
  create: async () => ({ composer: createMailComposer(), close: async () => undefined }),
})
