/** The cookie that ties a flow to the browser that started it. One per flow, so that several run side by side. */
export function bindingCookieName(baseUrl: string, flowId: string): string {
  return `${isSecure(baseUrl) ? '__Host-' : ''}tn_${flowId.replaceAll('-', '').slice(0, 8)}`
}

/** RFC 6265bis `Set-Cookie` value. On http://localhost, where browsers refuse the prefix, without `__Host-` and `Secure`. */
export function setBindingCookie(baseUrl: string, flowId: string, value: string, maxAgeSeconds: number): string {
  return `${bindingCookieName(baseUrl, flowId)}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${isSecure(baseUrl) ? '; Secure' : ''}`
}

export function clearBindingCookie(baseUrl: string, flowId: string): string {
  return setBindingCookie(baseUrl, flowId, '', 0)
}

const isSecure = (baseUrl: string): boolean => baseUrl.startsWith('https:')
