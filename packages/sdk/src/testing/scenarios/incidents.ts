import type { Principal } from '../../model/principal.ts'
import { testPrincipal } from '../create-test-tenantry.ts'
import type { TestTenantry } from '../create-test-tenantry.ts'

/** Trouble at the vendor that lasts until it is ended. */
export interface Incident {
  end(): void
}

type Place = Pick<TestTenantry, 'sandbox'>

/** The token endpoint is down for everybody: 503, in words that say nothing about any grant. */
export function breakTokenEndpoint({ sandbox }: Place): Incident {
  const fault = sandbox.faults.add({ operation: 'oauth.token', kind: 'status', status: 503 })
  return { end: fault.remove }
}

/** The vendor errs, and calls every grant of every tenant dead, in the very words that it has for one that is. */
export function callGrantsDead({ sandbox }: Place): Incident {
  const fault = sandbox.faults.add({
    operation: 'oauth.token',
    kind: 'status',
    status: 400,
    body: JSON.stringify({ error: 'invalid_grant', error_description: 'Token has been expired or revoked.' }),
  })
  return { end: fault.remove }
}

export interface DeletedSecret {
  /** An admin copies the new one into the Google setup. */
  replace(): Promise<void>
}

/** Somebody makes a new client secret in Google's console and deletes the one that is in use. */
export function deleteClientSecret(
  { sandbox, sdk }: Pick<TestTenantry, 'sandbox' | 'sdk'>,
  { clientId, principal = testPrincipal }: { readonly clientId: string; readonly principal?: Principal },
): DeletedSecret {
  const value = sandbox.google.rotateSecret(clientId)
  return {
    async replace() {
      await sdk.google.save({ principal, changes: { clientSecret: { action: 'replace', value } } })
    },
  }
}
