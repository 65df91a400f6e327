import type { Logger } from '@tenantry/sdk/ports'

/** Warnings and errors as lines on standard error; everything with DEBUG=tenantry. */
export function createLogger(): Logger {
  const verbose = process.env['DEBUG'] === 'tenantry'
  return {
    log: (level, event, fields = {}) => {
      if (verbose || level === 'warn' || level === 'error') console.error(`${level} ${event} ${JSON.stringify(fields)}`)
    },
  }
}
