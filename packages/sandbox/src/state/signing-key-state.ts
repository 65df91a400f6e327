export interface SigningKeyState {
  kid: string
  privateJwk: Record<string, unknown>
  publicJwk: Record<string, unknown>
}
