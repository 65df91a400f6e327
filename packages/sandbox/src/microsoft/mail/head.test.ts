import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMime } from '../../gmail/mime.ts'
import { appendAttachments } from './append-attachments.ts'
import { changeHead, splitHead } from './head.ts'

const binary = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const field = fc.tuple(fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,10}$/), fc.stringMatching(/^[\x21-\xff][ -\xff]{0,20}$/), fc.boolean())

describe('head', () => {
  it('is split and joined without a byte lost', () => {
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 5 }), fc.uint8Array({ maxLength: 40 }), (fields, body) => {
        const lines = fields.map(([name, value, folded]) => `${name}: ${value}${folded ? '\r\n\tmore' : ''}`)
        const raw = bytesOf(`${lines.map((line) => `${line}\r\n`).join('')}\r\n${binary(body)}`)
        expect(splitHead(raw).fields).toEqual(lines)
        expect(binary(changeHead(raw, (own) => own))).toBe(binary(raw))
      }),
    )
  })

  it('ends at the first empty line, whichever line ends there are', () => {
    expect(splitHead(bytesOf('A: 1\nB: 2\n\nbody'))).toEqual({ fields: ['A: 1', 'B: 2'], body: bytesOf('body') })
    expect(splitHead(bytesOf('A: 1')).fields).toEqual(['A: 1'])
  })

  it('keeps its fields around attachments', () => {
    const raw = bytesOf('Message-ID: <1@x>\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>x</p>')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(null, 'picture@x'), (content, contentId) => {
        const encoded = btoa(binary(content)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
        const attachment = { id: 'a', filename: 'a.bin', contentType: 'application/pdf', contentId, content: encoded }
        const whole = parseMime(appendAttachments(raw, [attachment]))
        expect(whole.headers.slice(0, 2)).toEqual([
          { name: 'Message-ID', value: '<1@x>' },
          { name: 'Subject', value: 's' },
        ])
        expect(whole.parts.map(({ mimeType }) => mimeType)).toEqual(['text/html', 'application/pdf'])
        expect(whole.parts[1]?.content).toEqual(content)
        expect(binary(whole.parts[0]?.content ?? new Uint8Array())).toBe('<p>x</p>')
      }),
    )
  })
})
