export { createClient } from './create-client.ts'
export type { TenantryClient } from './create-client.ts'
export type { ClientOptions } from './call.ts'
