import type { TenantryCore } from '@tenantry/sdk'

/** What the HTTP door needs of an sdk; every `createTenantry()` fits. */
export type HandlerSdk = Pick<
  TenantryCore,
  'baseUrl' | 'allowedOrigins' | 'callbackPaths' | 'pushPaths' | 'google' | 'microsoft' | 'connections' | 'flows' | 'push'
>
