import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMail } from './parse-mail.ts'

const facts = { mailbox: 'Support@acme.test' }
const bytesOf = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))
const parse = (text: string) => parseMail(bytesOf(text), facts)
const lines = (...all: string[]) => all.join('\r\n')

describe('a mail', () => {
  it('is told in full', async () => {
    const mail = await parse(
      lines(
        'Return-Path: <anna@b.test>',
        'Authentication-Results: mx.google.com;',
        '       dkim=pass header.i=@b.test header.s=s1 header.b=EXAMPLE_;',
        '       spf=softfail (google.com: domain of transitioning anna@b.test) smtp.mailfrom=anna@b.test;',
        '       dmarc=fail (p=NONE sp=NONE dis=NONE) header.from=b.test',
        'From: =?utf-8?q?Anna_M=C3=BCller?= <anna@b.test>',
        'Reply-To: "Team, Anna" <team@b.test>',
        'To: support@acme.test, friends: tom@c.test, eve@c.test;',
        'Cc: undisclosed-recipients:;',
        'Subject: =?utf-8?b?Y2Fmw6k=?=',
        ' open',
        'Date: Mon, 1 Jan 2024 10:00:00 +0100 (CET)',
        'Message-ID: <2@b.test>',
        'In-Reply-To: <1@b.test>',
        'References: <0@b.test>',
        '\t<1@b.test>',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary="=_outer"',
        '',
        'for old readers',
        '--=_outer',
        'Content-Type: multipart/alternative; boundary=inner',
        '',
        '--inner',
        'Content-Type: text/plain; charset=iso-8859-1',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'caf=E9 =',
        'open',
        '--inner',
        'Content-Type: text/html; charset=utf-8',
        'Content-Transfer-Encoding: base64',
        '',
        'PGI+Y2Fmw6k8L2I+',
        '--inner--',
        '--=_outer',
        "Content-Type: application/pdf; name*=utf-8''r%C3%A9sum%C3%A9.pdf",
        "Content-Disposition: attachment; filename*=utf-8''r%C3%A9sum%C3%A9.pdf",
        'Content-Transfer-Encoding: base64',
        'Content-ID: <pdf@b.test>',
        '',
        'AAEC',
        '/w==',
        '--=_outer--',
        '',
      ),
    )
    const { attachments, ...rest } = mail
    expect(rest).toEqual({
      messageId: '<2@b.test>',
      inReplyTo: '<1@b.test>',
      references: ['<0@b.test>', '<1@b.test>'],
      from: { name: 'Anna Müller', address: 'anna@b.test' },
      replyTo: [{ name: 'Team, Anna', address: 'team@b.test' }],
      to: [
        { name: '', address: 'support@acme.test' },
        { name: '', address: 'tom@c.test' },
        { name: '', address: 'eve@c.test' },
      ],
      cc: [],
      subject: 'café open',
      date: '2024-01-01T09:00:00.000Z',
      text: 'café open',
      html: '<b>café</b>',
      authentication: { checkedBy: 'mx.google.com', spf: 'softfail', dkim: 'pass', dmarc: 'fail' },
      automatic: null,
      fromSelf: false,
    })
    expect(attachments).toMatchObject([
      { filename: 'résumé.pdf', contentType: 'application/pdf', contentId: '<pdf@b.test>', disposition: 'attachment' },
    ])
    expect(new Uint8Array((await attachments[0]?.content.arrayBuffer()) ?? [])).toEqual(Uint8Array.of(0, 1, 2, 255))
  })

  it('of nothing is nothing', async () => {
    expect(await parse('')).toEqual({
      messageId: null,
      inReplyTo: null,
      references: [],
      from: null,
      replyTo: [],
      to: [],
      cc: [],
      subject: '',
      date: null,
      text: null,
      html: null,
      attachments: [],
      authentication: { checkedBy: null, spf: null, dkim: null, dmarc: null },
      automatic: null,
      fromSelf: false,
    })
  })

  it.each([
    ['From: support@ACME.test', true],
    ['From: "support@acme.test" <eve@evil.test>', false],
    ['From: eve@evil.test\r\nSender: Acme <SUPPORT@acme.test>', true],
    ['From: anna@b.test, support@acme.test', true],
    ['From: sup.port@acme.test', false],
    ['From: support+tag@acme.test', false],
  ])('is from the mailbox itself or not: %s', async (header, fromSelf) => {
    expect((await parse(`${header}\r\n\r\nx`)).fromSelf).toBe(fromSelf)
  })

  it('believes the servers that the caller names', async () => {
    const raw = bytesOf('Authentication-Results: mx.acme.test; spf=pass\r\n\r\n')
    expect((await parseMail(raw, facts)).authentication.checkedBy).toBeNull()
    expect((await parseMail(raw, { ...facts, trustedServers: ['MX.acme.test'] })).authentication).toMatchObject({ spf: 'pass' })
  })
})

describe('a broken mail', () => {
  it('ends its lines with LF as well, and never with CR', async () => {
    expect(await parse('Subject: a\n b\nFrom: a@b.test\n\nx\ny\n')).toMatchObject({
      subject: 'a b',
      from: { address: 'a@b.test' },
      text: 'x\ny\n',
    })
    const smuggled = 'Subject: a\rAuthentication-Results: mx.google.com; dmarc=pass\rFrom: support@acme.test\r\n\r\n'
    const mail = await parse(smuggled)
    expect(mail).toMatchObject({ from: null, fromSelf: false, authentication: { dmarc: null } })
    expect(mail.subject).toMatch(/^a Authentication/)
  })

  it('has no control characters in lines, and no U+0000 anywhere', async () => {
    const mail = await parse('Subject: =?utf-8?q?a=00b=0D=0AX:_c?=\r\nFrom: =?utf-8?q?a=0Ab?= <a@b.test>\r\n\r\nx\0y')
    expect(mail).toMatchObject({ subject: 'ab  X: c', from: { name: 'a b' }, text: 'xy' })
  })

  it('in an unknown or a wrong character set is read as well as can be', async () => {
    expect((await parse('Content-Type: text/plain; charset=klingon\r\n\r\ncaf\xe9')).text).toBe('café')
    expect((await parse('Content-Type: text/plain; charset=utf-8\r\n\r\ncaf\xe9')).text).toBe('caf\uFFFD')
    expect((await parse('Subject: caf\xe9\r\nFrom: caf\xc3\xa9 <a@b.test>\r\n\r\n')).subject).toBe('café')
  })

  it('keeps lone surrogates out', async () => {
    const mail = await parse('Content-Type: text/plain; charset=utf-16le\r\nContent-Transfer-Encoding: base64\r\n\r\nANg=')
    expect(mail.text).toBe('\uFFFD')
  })

  it('lacks the empty line before a delimiter', async () => {
    const mail = await parse('Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n--b\r\n\r\nhi\r\n--b--')
    expect(mail.text?.trim()).toBe('hi')
  })

  it('has an address of no use', async () => {
    expect(
      await parse('From: MAILER-DAEMON\r\nTo: a@b.test, nobody, <@c.test>, mail me @ home, "tom@c.test"@evil.test\r\n\r\n'),
    ).toMatchObject({
      from: null,
      to: [{ name: '', address: 'a@b.test' }],
    })
  })
})

describe('parts', () => {
  const part = (...all: string[]) => lines('Content-Type: multipart/mixed; boundary=b', '', '--b', ...all, '--b--')
  const contentOf = async (text: string) => {
    const { attachments } = await parse(text)
    return new TextDecoder('latin1').decode(await attachments[0]?.content.arrayBuffer())
  }

  it('that are attached come byte for byte', async () => {
    const attached = 'Content-Disposition: attachment'
    expect(await contentOf(part(attached, '', 'a\r\nb\nc \xff\0\r\n'))).toBe('a\r\nb\nc \xff\0\r\n')
    expect(await contentOf(part(attached, 'Content-Transfer-Encoding: quoted-printable', '', 'a=3Db=\r\nc=  \r\nd=xe\r\n=e'))).toBe(
      'a=bcd=xe\r\n=e',
    )
    expect(await contentOf(part(attached, 'Content-Transfer-Encoding: BASE64 (x)', '', 'Y Q==', 'Yg==', 'Y*2M'))).toBe('abcc')
  })

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\\\temp\\\\report.pdf', 'report.pdf'],
    ['=?utf-8?q?a=0D=0Ab=2F..=2Fc?=', 'c'],
    ['..//', null],
  ])('have names without a path: %s', async (filename, expected) => {
    const { attachments } = await parse(part(`Content-Disposition: attachment; filename="${filename}"`, '', 'x'))
    expect(attachments.map((attachment) => attachment.filename)).toEqual([expected])
  })

  it('have no type that a browser would act on', async () => {
    const { attachments } = await parse(part('Content-Type: text/html', 'Content-Disposition: attachment', '', '<script>'))
    expect(attachments).toMatchObject([{ contentType: 'text/html', content: { type: '' } }])
  })

  it('do not change places with others, whatever they call themselves', async () => {
    const mail = await parse(
      lines(
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: image/png; boundary=part-1',
        'Content-Description: 1',
        'Content-Disposition: inline; filename=one.png; filename=no.png',
        '',
        '1',
        '--b',
        'Content-Type: multi(x)part/mixed; boundary="part-1"',
        'Content-Disposition: attachment; filename="--part-1--"',
        '',
        '--part-1',
        '2',
        '--b',
        'Content-Type: image/gif; name=three.gif',
        '',
        '3',
        '--b--',
      ),
    )
    const found = await Promise.all(mail.attachments.map(async ({ filename, content }) => [filename, await content.text()]))
    expect(found).toEqual([
      ['one.png', '1'],
      ['--part-1--', '--part-1\r\n2'],
      ['three.gif', '3'],
    ])
  })

  it('that are mails belong to the text, with what is attached to them', async () => {
    const inner = lines('From: Tom <tom@c.test>', 'Subject: inner', 'Content-Type: multipart/mixed; boundary=i', '', '--i', '', 'in')
    const attached = lines('--i', 'Content-Disposition: attachment; filename=a.txt', '', 'x', '--i--')
    const forwarded = await parse(part('', 'out', '--b', 'Content-Type: message/rfc822', '', inner, attached))
    expect(forwarded.text).toMatch(/^out\n[^]*Tom[^]*inner[^]*\nin/)
    expect(forwarded.attachments.map(({ filename }) => filename)).toEqual(['a.txt'])
    const encoded = ['Content-Type: message/rfc822', 'Content-Transfer-Encoding: base64', '', btoa(lines(inner, attached))]
    expect((await parse(part(...encoded))).attachments.map(({ filename }) => filename)).toEqual(['a.txt'])
    const asFile = await parse(part('Content-Type: message/rfc822', 'Content-Disposition: attachment', '', inner, attached))
    expect(asFile).toMatchObject({ text: null, attachments: [{ contentType: 'message/rfc822' }] })
  })

  it('of a report are attached, so that a returned mail is not taken for its text', async () => {
    const status = ['--b', 'Content-Type: message/delivery-status', '', 'Action: failed']
    const mail = await parse(
      part('', 'could not deliver', ...status, '--b', 'Content-Type: message/rfc822', '', 'Subject: s', '', 'secret'),
    )
    expect(mail.text).toBe('could not deliver')
    expect(mail.attachments.map(({ contentType }) => contentType)).toEqual(['message/delivery-status', 'message/rfc822'])
  })
})

describe('a hostile mail', () => {
  const within = async (limitMs: number, text: string) => {
    const startedAt = performance.now()
    const mail = await parse(text)
    expect(performance.now() - startedAt).toBeLessThan(limitMs)
    return mail
  }

  it('lists ten thousand people', async () => {
    const people = Array.from({ length: 10_000 }, (_, at) => `"P ${at}" <p${at}@b.test>`).join(',\r\n ')
    const mail = await within(5000, `From: a@b.test\r\nCc: ${people}\r\n\r\nx`)
    expect(mail.cc).toHaveLength(2000)
    expect(mail).toMatchObject({ from: { address: 'a@b.test' }, text: 'x' })
  })

  it('refers to ten thousand others', async () => {
    const { references } = await within(
      5000,
      `References: ${Array.from({ length: 10_000 }, (_, at) => `<${at}@b.test>`).join('\r\n ')}\r\n\r\n`,
    )
    expect(references).toHaveLength(100)
    expect([references[0], references[1], references.at(-1)]).toEqual(['<0@b.test>', '<9901@b.test>', '<9999@b.test>'])
  })

  it('has megabytes of headers, of which the first are read, and the body', async () => {
    const mail = await within(10_000, `From: a@b.test\r\n${`X-Fill: ${'x'.repeat(1000)}\r\n`.repeat(5000)}Subject: late\r\n\r\nx`)
    expect(mail).toMatchObject({ from: { address: 'a@b.test' }, subject: '', text: 'x' })
  })

  it('nests a thousand levels', async () => {
    const levels = Array.from({ length: 1000 }, (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`)
    const mail = await within(5000, `From: a@b.test\r\n${levels.slice(0, 1).join('')}\r\nhi\r\n--b0\r\n${levels.slice(1).join('')}\r\ndeep`)
    expect(mail).toMatchObject({ from: { address: 'a@b.test' }, text: 'hi' })
  })

  it('nests a thousand mails', async () => {
    const mail = await within(5000, `${'Content-Type: message/rfc822\r\n\r\n'.repeat(1000)}deep`)
    expect(mail.attachments).toMatchObject([{ contentType: 'message/rfc822' }])
  })

  it('has parts and lines without number', async () => {
    const mail = await within(
      20_000,
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: image/png\r\n\r\n'.repeat(50_000)}`,
    )
    expect(mail.attachments).toHaveLength(2000)
    expect(await within(20_000, `From: a@b.test\n\n${'\n'.repeat(2_000_000)}`)).toMatchObject({ from: { address: 'a@b.test' } })
  })

  it('makes conversion to text slow', async () => {
    const html = `Content-Type: text/html\r\n\r\n${'<a href="'.repeat(300_000)}`
    const mail = await within(20_000, `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nfooter\r\n--b\r\n${html}\r\n--b--`)
    expect(mail.text?.trim()).toBe('footer')
    expect(mail.html?.length).toBeGreaterThan(2_500_000)
  })

  const pieces = [
    'From: a@b.test',
    'To: "',
    'Subject: =?utf-8?q?',
    '=?x?b?/?=',
    'Content-Type: multipart/mixed; boundary=b',
    '--b',
    '--b--',
    '\r\n',
  ]
  const more = [
    '\n',
    '\r',
    '\0',
    ' ',
    '\r\n\r\n',
    '(',
    ')',
    '<',
    '>',
    '"',
    ';',
    ':',
    'Content-Transfer-Encoding: base64',
    'charset*0*=',
    '\xff',
  ]
  const rest = [
    'Content-Type: message/rfc822',
    'References: <',
    'Date: ',
    'Authentication-Results: mx.google.com; dkim=',
    'Content-Disposition: attachment; filename*=',
  ]

  it('never makes it throw: pieces of mails in any order', async () => {
    const text = fc.array(fc.constantFrom(...pieces, ...more, ...rest), { maxLength: 60 }).map((all) => all.join(''))
    await fc.assert(
      fc.asyncProperty(text, async (mail) => void (await parse(mail))),
      { numRuns: 500 },
    )
  })

  it('never makes it throw: any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (raw) => void (await parseMail(raw, facts))),
      { numRuns: 500 },
    )
  })
})

describe('any content', () => {
  const encodings = [
    { encoding: 'base64', encode: (text: string) => btoa(text).replace(/.{76}/g, '$&\r\n') },
    {
      encoding: 'quoted-printable',
      encode: (text: string) =>
        Array.from(text, (char) => `=${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
          .join('')
          .replace(/.{75}/g, '$&=\r\n'),
    },
    { encoding: 'binary', encode: (text: string) => text },
  ]

  it.each(encodings)('comes back from $encoding', async ({ encoding, encode }) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const text = String.fromCharCode(...bytes)
        fc.pre(!text.includes('--EXAMPLE_boundary'))
        const headers = `Content-Type: application/zip\r\nContent-Transfer-Encoding: ${encoding}`
        const start = 'Content-Type: multipart/mixed; boundary="EXAMPLE_boundary"\r\n\r\n--EXAMPLE_boundary\r\n'
        const { attachments } = await parse(`${start}${headers}\r\n\r\n${encode(text)}\r\n--EXAMPLE_boundary--\r\n`)
        expect(new Uint8Array((await attachments[0]?.content.arrayBuffer()) ?? [])).toEqual(bytes)
      }),
    )
  })
})
