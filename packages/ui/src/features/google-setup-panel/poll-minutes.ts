import type { Provisioning } from '@tenantry/sdk/wire'

const MINUTE_MS = 60_000

/** How often mail is looked for without notifications, in whole minutes. */
export function toMinutes(provisioning: Provisioning | null): number {
  return Math.max(1, Math.round((provisioning?.pollEveryMs ?? MINUTE_MS) / MINUTE_MS))
}
