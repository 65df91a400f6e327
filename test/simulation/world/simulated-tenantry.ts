import type { SharedMailboxProvider } from '@tenantry/sdk'
import type { TestTenantry } from '@tenantry/sdk/testing'

/** An sdk with all providers of a simulation. */
export type SimulatedTenantry = TestTenantry<{ readonly sharedMailbox: SharedMailboxProvider }>
