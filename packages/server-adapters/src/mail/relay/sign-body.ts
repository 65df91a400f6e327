/** `t=<seconds>,v1=<hex>`: HMAC-SHA-256 over the time and the bytes that are sent, so that neither can be exchanged. */
export async function signBody(secret: string, now: number, body: string): Promise<string> {
  const encoder = new TextEncoder()
  const seconds = Math.floor(now / 1000)
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(`${seconds}.${body}`)))
  return `t=${seconds},v1=${Array.from(signature, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
