import { TenantryError } from '../../../errors/index.ts'
import type { SendUpdates } from '../../../ports/index.ts'
import { parseText } from './parse-input.ts'

export interface WriteOptions {
  /**
   * Who gets a mail about it: all guests, those who do not use Google Calendar, or nobody. Default `none`.
   */
  readonly notify?: SendUpdates | undefined
}

const notifyValues: readonly SendUpdates[] = ['all', 'externalOnly', 'none']

/** @throws `invalid_input` */
export function parseNotify(notify: unknown = 'none'): SendUpdates {
  const known = notifyValues.find((value) => value === notify)
  if (known === undefined) throw new TenantryError('invalid_input', { field: 'notify' })
  return known
}

/** 1 to 255 printable ASCII characters. @throws `invalid_input` */
export const parseIdempotencyKey = (key: unknown): string => parseText(key, /^[\x20-\x7E]{1,255}$/, 'idempotencyKey')

/** @throws `invalid_input` */
export const parseEventId = (eventId: unknown): string => parseText(eventId, /^[\x21-\x7E]{1,1024}$/, 'eventId')

/** An etag as Google gave it, `null` for `*`. @throws `invalid_input` */
export function parseEtag(etag: unknown): string | null {
  const text = parseText(etag, /^[\x21-\x7E]{1,1024}$/, 'etag')
  return text === '*' ? null : text
}
