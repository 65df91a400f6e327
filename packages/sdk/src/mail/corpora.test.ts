import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { listCorpora } from '../../../../test/mail/list-corpora.ts'
import { parseMail, type ParsedMail } from './parse-mail.ts'

const longestMs = 5000

const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/

/** What no mail may do to those who read it. */
function findFaults(mail: ParsedMail): string[] {
  const { subject, from, replyTo, to, cc, messageId, inReplyTo, references, date, text, html, attachments } = mail
  const people = [...(from === null ? [] : [from]), ...replyTo, ...to, ...cc]
  const ids = [messageId, inReplyTo, ...references].filter((id) => id !== null)
  const lines = [subject, ...people.flatMap(({ name, address }) => [name, address]), ...attachments.map(({ filename }) => filename ?? '')]
  return [
    ...lines.filter((line) => controls.test(line) || /[\r\n]/.test(line)).map((line) => `control character in ${JSON.stringify(line)}`),
    ...people.filter(({ address }) => !/[^@]@[^@]/.test(address)).map(({ address }) => `address ${JSON.stringify(address)}`),
    ...ids.filter((id) => !/^<[^\s<>]+>$/.test(id)).map((id) => `id ${JSON.stringify(id)}`),
    ...[text, html].filter((body) => body !== null && (body === '' || /[\0\r]/.test(body))).map(() => 'body'),
    ...attachments.filter(({ contentType }) => !/^[\w.+-]+\/[\w.+-]+$/.test(contentType)).map(({ contentType }) => `type ${contentType}`),
    ...attachments.filter(({ filename }) => filename !== null && /[/\\]|^$/.test(filename)).map(({ filename }) => `name ${filename}`),
    ...(date !== null && new Date(date).toISOString() !== date ? [`date ${date}`] : []),
    ...(new Set(references).size === references.length && references.length <= 100 ? [] : ['references']),
  ]
}

describe('mails that were really sent', async () => {
  const mails = await listCorpora()
  const packages = new Map<string, number>()
  for (const { name } of mails) {
    const owner = name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : (name.split('/')[0] ?? '')
    packages.set(owner, (packages.get(owner) ?? 0) + 1)
  }
  const counts = [...packages].map(([name, count]) => `${count} of ${name}`).join(', ')

  it(`are at least 200: ${counts}`, () => {
    expect(mails.length).toBeGreaterThanOrEqual(200)
    expect(new Set(mails.map(({ name }) => name)).size).toBe(mails.length)
  })

  it('are all parsed, quickly and to sound values', { timeout: 180_000 }, async () => {
    const faults: string[] = []
    const found = { from: 0, date: 0, messageId: 0, body: 0, attachments: 0 }
    for (const { name, bytes } of mails) {
      const startedAt = performance.now()
      const mail = await parseMail(bytes, { mailbox: 'support@acme.test' })
      if (performance.now() - startedAt > longestMs) faults.push(`${name}: slow`)
      faults.push(...findFaults(mail).map((fault) => `${name}: ${fault}`))
      found.from += mail.from === null ? 0 : 1
      found.date += mail.date === null ? 0 : 1
      found.messageId += mail.messageId === null ? 0 : 1
      found.body += mail.text === null && mail.html === null ? 0 : 1
      found.attachments += mail.attachments.length
    }
    expect(faults).toEqual([])
    // A parser that gave up on everything would have no faults either.
    const shares = [found.from, found.date, found.messageId, found.body].map((count) => count / mails.length)
    expect(Math.min(...shares)).toBeGreaterThan(0.97)
    expect(found.attachments).toBeGreaterThan(150)
  })

  it('have the texts that postal-mime finds in the whole mail', { timeout: 180_000 }, async () => {
    const differ: string[] = []
    for (const { name, bytes } of mails.slice(0, 600)) {
      const [mail, oracle] = [await parseMail(bytes, { mailbox: 'support@acme.test' }), await PostalMime.parse(bytes)]
      if (words(mail.text) !== words(oracle.text) || words(mail.html) !== words(oracle.html)) differ.push(name)
    }
    expect(differ).toEqual([])
  })
})

const words = (text: string | null | undefined): string => (text ?? '').replaceAll('\0', '').split(/\s+/).filter(Boolean).join(' ')
