import type { Operation } from '../http/operation.ts'
import type { World } from '../state/world.ts'
import { createAdminConsentOperations } from './entra/admin-consent.ts'
import { createEntraAuthorizeOperations } from './entra/authorize.ts'
import { createEntraTokenOperations } from './entra/token.ts'
import { createIntrospectOperations } from './exchange/introspect.ts'
import { createDraftOperations } from './graph/drafts.ts'
import { createFolderOperations } from './graph/folders.ts'
import { createMessageOperations } from './graph/messages.ts'
import { createSendOperations } from './graph/send.ts'
import { createUploadOperations } from './graph/upload-sessions.ts'
import { createSubscriptionOperations } from './subscriptions/subscription-operations.ts'

/** Entra, Graph, and the question that mail servers ask. */
export function createMicrosoftOperations(world: World): Operation[] {
  return [
    ...createEntraAuthorizeOperations(world),
    ...createAdminConsentOperations(world),
    ...createEntraTokenOperations(world),
    ...createFolderOperations(world),
    ...createMessageOperations(world),
    ...createSendOperations(world),
    ...createDraftOperations(world),
    ...createUploadOperations(world),
    ...createSubscriptionOperations(world),
    ...createIntrospectOperations(world),
  ]
}
