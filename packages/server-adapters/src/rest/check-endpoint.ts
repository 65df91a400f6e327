/**
 * The endpoint without a trailing slash.
 * @throws TypeError when it is neither https nor http on this machine, because tokens and secrets go there
 */
export function checkEndpoint(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const plain = url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  if (!plain || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))) {
    throw new TypeError(`${name} must be an https address, or http on localhost, without user, query or fragment.`)
  }
  return url.origin + url.pathname.replace(/\/+$/, '')
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]' || hostname.endsWith('.localhost')
}
