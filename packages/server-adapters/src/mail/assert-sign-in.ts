import type { MailCall } from '@tenantry/sdk/ports'

/** XOAUTH2 separates its fields by control characters, so neither may hold one. @throws TypeError without a word of either */
export function assertSignIn({ user, accessToken }: MailCall): void {
  if (!/^[^\u0000-\u0020\u007f]+$/.test(user) || !/^[\x21-\x7e]+$/.test(accessToken))
    throw new TypeError('The user or the access token cannot be sent to a mail server')
}
