import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deltaOf, followLink } from './follow-link.ts'

const graph = 'https://graph.microsoft.com/v1.0'
const own = deltaOf({ own: true })
const shared = deltaOf({ own: false, address: "o'brien+x@Acme.test" })

describe('a link of the mailbox that was asked for', () => {
  it.each([
    [own, '/me/mailFolders/inbox/messages/delta?$deltatoken=a'],
    [own, "/me/mailfolders('inbox')/messages/delta?$skiptoken=a"],
    [own, "/Me/mailFolders('Inbox')/Messages/Delta?%24deltatoken=a"],
    [shared, "/users/o'brien+x@acme.test/mailFolders/inbox/messages/delta?$deltatoken=a"],
    [shared, '/users/O%27Brien%2Bx%40acme.test/mailFolders/inbox/messages/delta?$deltatoken=a'],
    [shared, "/users('o''brien%2Bx%40acme.test')/mailFolders('inbox')/messages/delta?$deltaToken=a&$select=id"],
    [shared, '/users(%27o%27%27brien+x@acme.test%27)/mailFolders(%27inbox%27)/messages/delta?$deltatoken=a'],
  ])('of %j is followed: %s', (path, rest) => {
    expect(followLink(graph + rest, graph, path)).toBe(new URL(graph + rest).href)
  })

  it('may lie below a path of a sandbox, on any port, and names the default port or not', () => {
    const sandbox = 'http://localhost:4010/graph.microsoft.com/v1.0'
    const link = `${sandbox}/me/mailFolders/inbox/messages/delta?$deltatoken=a`
    expect(followLink(link, sandbox, own)).toBe(link)
    expect(followLink(link.replace('/graph.microsoft.com', ''), sandbox, own)).toBeNull()
    expect(followLink('https://graph.microsoft.com:443/v1.0/subscriptions?$skiptoken=a', graph, ['subscriptions'])).not.toBeNull()
  })
})

const token = '?$deltatoken=a'
const inbox = `/mailFolders/inbox/messages/delta${token}`

describe('a foreign link is not followed', () => {
  it.each([
    ['another host', `https://graph.microsoft.us/v1.0/me${inbox}`],
    ['a host that begins alike', `https://graph.microsoft.com.evil.test/v1.0/me${inbox}`],
    ['a user before another host', `https://graph.microsoft.com@evil.test/v1.0/me${inbox}`],
    ['a user before the host', `https://evil@graph.microsoft.com/v1.0/me${inbox}`],
    ['a password before the host', `https://:evil@graph.microsoft.com/v1.0/me${inbox}`],
    ['a backslash', `https://graph.microsoft.com\\@evil.test/v1.0/me${inbox}`],
    ['another port', `https://graph.microsoft.com:444/v1.0/me${inbox}`],
    ['no TLS', `http://graph.microsoft.com/v1.0/me${inbox}`],
    ['another version', `https://graph.microsoft.com/beta/me${inbox}`],
    ['a path that climbs', `${graph}/me/../../beta/me${inbox}`],
    ['an encoded path that climbs', `${graph}/%2e%2e/beta/me${inbox}`],
    ['an encoded slash', `${graph}/me%2FmailFolders/inbox/messages/delta${token}`],
    ['a slash too many', `${graph}//me${inbox}`],
    ['somebody else', `${graph}/users/finance@acme.test${inbox}`],
    ['somebody else, as a function', `${graph}/users('finance@acme.test')/mailFolders('inbox')/messages/delta${token}`],
    ['another folder', `${graph}/me/mailFolders/sentitems/messages/delta${token}`],
    ['another resource', `${graph}/me/mailFolders/inbox/messages${token}`],
    ['more of a path', `${graph}/me/mailFolders/inbox/messages/delta/x${token}`],
    ['a path that is not UTF-8', `${graph}/%ff${inbox}`],
    ['no token', `${graph}/me/mailFolders/inbox/messages/delta?$select=body`],
    ['a fragment', `${graph}/me${inbox}#x`],
    ['a path only', `/v1.0/me${inbox}`],
    ['nothing', ''],
    ['a script', 'javascript:alert(1)'],
  ])('%s', (_, link) => {
    expect(followLink(link, graph, own)).toBeNull()
  })

  it('one of the own mailbox, when another was asked for, and the other way round', () => {
    expect(followLink(`${graph}/me${inbox}`, graph, shared)).toBeNull()
    expect(followLink(`${graph}/users/o'brien+x@acme.test${inbox}`, graph, own)).toBeNull()
    expect(followLink(`${graph}/users/o'brien+x@acme.test.evil.test${inbox}`, graph, shared)).toBeNull()
  })
})

describe('whatever a link says', () => {
  it('it stays at the host, below the version, and comes back unchanged', () => {
    const parts = fc.constantFrom(
      'https://',
      'graph.microsoft.com',
      '@',
      'evil.test',
      '/',
      '/v1.0',
      '/me',
      '..',
      '%2e',
      inbox,
      '\\',
      '?',
      '#',
      ':',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.array(parts).map((words) => words.join('')),
          fc.string(),
        ),
        (link) => {
          const followed = followLink(link, graph, own)
          if (followed === null) return
          expect(new URL(followed).origin).toBe('https://graph.microsoft.com')
          expect(new URL(followed).pathname.toLowerCase()).toBe('/v1.0/me/mailfolders/inbox/messages/delta')
          expect(followed).toBe(new URL(link).href)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('every mailbox has its own links, and no one else’s', () => {
    const address = fc.tuple(fc.string({ minLength: 1, maxLength: 12 }), fc.domain()).map(([user, domain]) => `${user}@${domain}`)
    fc.assert(
      fc.property(address, address, (asked, other) => {
        const link = `${graph}/users/${encodeURIComponent(other)}${inbox}`
        const expected = other.toLowerCase() === asked.toLowerCase()
        expect(followLink(link, graph, deltaOf({ own: false, address: asked })) !== null).toBe(expected)
        const mine = `${graph}/users('${encodeURIComponent(asked.replaceAll("'", "''"))}')${inbox}`
        expect(followLink(mine, graph, deltaOf({ own: false, address: asked }))).not.toBeNull()
      }),
    )
  })
})
