import { decodeBase64Url, decodeText, encodeBase64Url, encodeText } from '../crypto/base64url.ts'
import { equalBytes } from '../crypto/equal-bytes.ts'
import type { Envelope } from '../crypto/envelope.ts'
import { systemTenantId } from '../model/principal.ts'
import type { Crypto } from '../ports/index.ts'

/** What the state parameter names. The row that it points to decides; the signature only keeps noise from the database. */
export interface FlowState {
  readonly tenantId: string
  readonly flowId: string
  readonly callbackPath: string
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

interface StatePorts {
  readonly envelope: Envelope
  readonly crypto: Crypto
}

const version = 'v1'

/** Signs a state with a key that is derived for this purpose only. RFC 6749 section 10.12. */
export async function signState(ports: StatePorts, state: FlowState): Promise<string> {
  const body = encodeBase64Url(encodeText(JSON.stringify([state.tenantId, state.flowId, state.callbackPath, state.expiresAt])))
  return `${version}.${body}.${encodeBase64Url(await mac(ports, body))}`
}

/** The state, or `null` when it was not signed here, byte for byte. Expiry is the caller's to judge. */
export async function readState(ports: StatePorts, text: string): Promise<FlowState | null> {
  if (text.length > 2048) return null
  const [prefix, body, signature, ...rest] = text.split('.')
  if (prefix !== version || !body || !signature || rest.length > 0) return null
  if (!equalBytes(encodeText(signature), encodeText(encodeBase64Url(await mac(ports, body))))) return null
  const bytes = decodeBase64Url(body)
  if (bytes === null) return null
  const [tenantId, flowId, callbackPath, expiresAt] = JSON.parse(decodeText(bytes)) as [string, string, string, number]
  return { tenantId, flowId, callbackPath, expiresAt }
}

async function mac({ envelope, crypto }: StatePorts, body: string): Promise<Uint8Array> {
  return crypto.hmacSha256(await envelope.deriveKey(systemTenantId, 'oauth-state'), encodeText(`${version}.${body}`))
}
