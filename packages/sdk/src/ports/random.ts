/** The only source of randomness; cryptographically strong outside tests. */
export interface Random {
  bytes(length: number): Uint8Array<ArrayBuffer>
  /** RFC 9562 version 4. */
  uuid(): string
}
