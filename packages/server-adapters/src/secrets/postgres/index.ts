export { createPostgresSecrets } from './create-postgres-secrets.ts'
export type { PostgresSecretsOptions, SecretsDatabase } from './create-postgres-secrets.ts'
