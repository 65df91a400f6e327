import { describe, expect, it } from 'vitest'
import { bindingCookieName, clearBindingCookie, setBindingCookie } from './binding-cookie.ts'

const flowId = '8f14e45f-ceea-4a1b-9b5c-0d2a6a3f1c11'

describe('the binding cookie', () => {
  it('is locked to the host, hidden from scripts, and sent on the way back from Google', () => {
    expect(setBindingCookie('https://app.example.com', flowId, 'EXAMPLE_binding', 600)).toBe(
      '__Host-tn_8f14e45f=EXAMPLE_binding; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure',
    )
  })

  it('works on http://localhost, where browsers refuse prefix and Secure', () => {
    expect(setBindingCookie('http://localhost:3000', flowId, 'EXAMPLE_binding', 600)).toBe(
      'tn_8f14e45f=EXAMPLE_binding; Path=/; Max-Age=600; HttpOnly; SameSite=Lax',
    )
  })

  it.each(['https://app.example.com', 'http://localhost:3000'])('is cleared under the name that it was set with (%s)', (baseUrl) => {
    expect(clearBindingCookie(baseUrl, flowId)).toMatch(new RegExp(`^${bindingCookieName(baseUrl, flowId)}=; Path=/; Max-Age=0; `))
  })

  it('is another one for each flow', () => {
    expect(bindingCookieName('https://app.example.com', flowId)).not.toBe(
      bindingCookieName('https://app.example.com', '00000000-ceea-4a1b-9b5c-0d2a6a3f1c11'),
    )
  })
})
