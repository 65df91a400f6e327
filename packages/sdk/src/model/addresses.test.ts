import { describe, expect, it } from 'vitest'
import { isLoopback, isPubliclyReachable, microsoftRedirectUri, parseBaseUrl, publicPaths, redirectUris } from './index.ts'

describe('the base URL', () => {
  it.each([
    ['https://app.example.com', 'https://app.example.com'],
    ['https://app.example.com/', 'https://app.example.com'],
    ['HTTPS://App.Example.COM:443', 'https://app.example.com'],
    ['https://app.example.com:8443', 'https://app.example.com:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://app.localhost:3000', 'http://app.localhost:3000'],
    ['http://127.0.0.1', 'http://127.0.0.1'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('takes %s as %s', (input, origin) => {
    expect(parseBaseUrl(input)).toBe(origin)
  })

  it.each([
    '',
    'app.example.com',
    'http://app.example.com',
    'https://app.example.com/app',
    'https://app.example.com?x=1',
    'https://app.example.com#x',
    'https://user:EXAMPLE_pass@app.example.com',
    'ftp://localhost.example.com',
    'javascript:alert(1)',
    'http://localhost.evil.test',
    'http://10.0.0.5',
  ])('refuses %j as a programming error, naming the option', (input) => {
    expect(() => parseBaseUrl(input, 'pushUrl')).toThrow(TypeError)
    expect(() => parseBaseUrl(input, 'pushUrl')).toThrow(/pushUrl/)
  })

  it('makes the redirect URIs, which are the paths of the callbacks', () => {
    expect(redirectUris('https://app.example.com')).toEqual({
      gmail: `https://app.example.com${publicPaths.gmailCallback}`,
      calendar: `https://app.example.com${publicPaths.calendarCallback}`,
    })
    expect(microsoftRedirectUri('https://app.example.com')).toBe(`https://app.example.com${publicPaths.microsoftCallback}`)
  })
})

describe('whether Google can reach an address', () => {
  it.each([
    'https://app.example.com',
    'https://app.example.com:8443',
    'https://8.8.8.8',
    'https://172.15.0.1',
    'https://172.32.0.1',
    'https://100.63.0.1',
    'https://100.128.0.1',
    'https://169.253.0.1',
    'https://11.0.0.1',
    'https://[2001:4860:4860::8888]',
    'https://xn--bcher-kva.example',
    'https://local.example.com',
  ])('it can reach %s', (origin) => {
    expect(isPubliclyReachable(origin)).toBe(true)
  })

  it.each([
    'http://app.example.com',
    'https://localhost',
    'https://localhost.',
    'https://app.localhost',
    'https://app.localhost.',
    'https://intranet',
    'https://app.local',
    'https://app.local.',
    'https://app.internal',
    'https://app.lan',
    'https://router.home',
    'https://127.0.0.1',
    'https://127.1',
    'https://127.255.255.254',
    'https://2130706433',
    'https://0x7f000001',
    'https://0x7f.1',
    'https://017700000001',
    'https://0177.0.0.1',
    'https://0',
    'https://0.0.0.0',
    'https://10.0.0.5',
    'https://0xa000005',
    'https://172.16.0.1',
    'https://172.31.255.255',
    'https://192.168.1.1',
    'https://3232235777',
    'https://169.254.169.254',
    'https://0xa9fea9fe',
    'https://100.64.0.1',
    'https://100.127.255.255',
    'https://１２７.0.0.1',
    'https://[::1]',
    'https://[::]',
    'https://[0:0:0:0:0:0:0:1]',
    'https://[::ffff:127.0.0.1]',
    'https://[::ffff:7f00:1]',
    'https://[fc00::1]',
    'https://[fd12:3456::1]',
    'https://[fe80::1]',
    'https://[febf::1]',
    'https://[ff02::1]',
  ])('it cannot reach %s', (origin) => {
    expect(isPubliclyReachable(origin)).toBe(false)
  })

  it('knows this very machine', () => {
    expect(
      ['http://localhost', 'http://127.0.0.1', 'http://2130706433', 'http://[0::1]', 'http://a.localhost'].map((url) =>
        isLoopback(new URL(url)),
      ),
    ).toEqual(Array(5).fill(true))
    expect(['http://localhost.evil.test', 'http://evillocalhost', 'http://128.0.0.1'].map((url) => isLoopback(new URL(url)))).toEqual(
      Array(3).fill(false),
    )
  })
})
