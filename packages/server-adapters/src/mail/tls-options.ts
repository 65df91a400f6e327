import { isIP } from 'node:net'
import { rootCertificates } from 'node:tls'
import type { ConnectionOptions } from 'node:tls'

/** What a mail server's certificate is checked against. */
export interface MailTls {
  /** PEM of a further authority, beside those that Node trusts: for a test's own server. */
  readonly ca: string
}

/** Certificate and name are always checked; nothing in here can turn that off. */
export function tlsOptions(host: string, tls: MailTls | undefined): ConnectionOptions {
  return {
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(isIP(host) === 0 && { servername: host }),
    ...(tls !== undefined && { ca: [...rootCertificates, tls.ca] }),
  }
}

/** Whether a connection failed because of the server's certificate or because TLS could not be had. */
export function isTlsFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const facts = error as Error & { readonly code?: unknown; readonly originalCode?: unknown; readonly tlsFailed?: unknown }
  if (facts.tlsFailed === true) return true
  return [facts.code, facts.originalCode].some(
    (code) => typeof code === 'string' && /CERT|SELF_SIGNED|ERR_TLS|ERR_SSL|UNABLE_TO_VERIFY|STARTTLS|^ETLS$/.test(code),
  )
}
