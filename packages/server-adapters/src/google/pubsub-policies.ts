import type { ServiceAccountKey } from '@tenantry/sdk/model'
import type { IamPolicy } from '@tenantry/sdk/ports'
import type { PubSubCall } from './pubsub-call.ts'
import { policy } from './pubsub-answers.ts'

/** IAM policies of version 3 carry conditions; asking for less returns bindings that must not be written back. */
const policyVersion = 3

export function getPolicy(call: PubSubCall, key: ServiceAccountKey, operation: string, resource: string): Promise<IamPolicy> {
  const query = { 'options.requestedPolicyVersion': policyVersion }
  return call(key, { operation, method: 'GET', url: `${resource}:getIamPolicy`, query }, policy)
}

/** The etag, when there is one, makes Google refuse what was changed in between. */
export async function setPolicy(
  call: PubSubCall,
  key: ServiceAccountKey,
  operation: string,
  resource: string,
  changed: IamPolicy,
): Promise<void> {
  await call(key, { operation, method: 'POST', url: `${resource}:setIamPolicy`, body: { policy: changed } }, policy)
}
