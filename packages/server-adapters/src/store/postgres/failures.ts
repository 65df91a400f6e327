import { setTimeout as wait } from 'node:timers/promises'
import { isTenantryError, TenantryError } from '@tenantry/sdk/errors'
import type { Logger } from '@tenantry/sdk/ports'

/** Turns what a driver throws into our own error. SQL, values and addresses stay behind; the log gets the driver's code. */
export type ToFailure = (error: unknown) => unknown

export function createToFailure(logger: Logger | undefined): ToFailure {
  return (error) => {
    if (isTenantryError(error)) return error
    const code = codeOf(error)
    // A driver that is not installed is a mistake in the host's setup, not an outage, and must be seen as it is.
    if (code === 'ERR_MODULE_NOT_FOUND') return error
    logger?.log('error', 'store.failed', { code })
    return new TenantryError('unavailable')
  }
}

/** Of two who wait for each other, or write what the other read, the database ends one: nothing of that statement has happened. */
const gaveWay = ['40P01', '40001']
/** In which the other one, who has been waiting, gets on; otherwise this one could take away again what it waits for. */
const giveWayMs = 100

/** Does work once more when it gave way to another statement. Not for a part of a transaction, which is over then. */
export async function repeatOnce<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!gaveWay.includes(codeOf(error))) throw error
    await wait(giveWayMs)
    return work()
  }
}

/** SQLSTATE or the system's code, for example `40P01` or `ECONNREFUSED`; never a message. */
function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  return /^[A-Z0-9_]{3,40}$/.test(code) ? code : 'unknown'
}
