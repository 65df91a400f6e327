import { newId } from '../../state/new-id.ts'
import type { AttachmentState } from '../state/recipient-state.ts'
import { joinHead, splitHead } from './head.ts'

const LINE = /.{1,76}/g

/** Puts a message into a multipart/mixed of its own, its headers kept, and the attachments after it. */
export function appendAttachments(bytes: Uint8Array, attachments: AttachmentState[]): Uint8Array<ArrayBuffer> {
  const { fields, body } = splitHead(bytes)
  const boundary = `=_${newId(24)}`
  const ofContent = fields.filter((field) => /^content-/i.test(field))
  const outer = fields.filter((field) => !/^(content-|mime-version:)/i.test(field))
  const encoder = new TextEncoder()
  const parts = attachments.map(({ filename, contentType, contentId, content }) => {
    const lines = toBase64(content).match(LINE) ?? []
    const head = [
      `Content-Type: ${contentType}; name="${filename}"`,
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: ${contentId === null ? 'attachment' : 'inline'}; filename="${filename}"`,
      ...(contentId === null ? [] : [`Content-ID: <${contentId}>`]),
    ]
    return encoder.encode(`\r\n--${boundary}\r\n${head.join('\r\n')}\r\n\r\n${lines.join('\r\n')}`)
  })
  const first = joinHead(ofContent.length > 0 ? ofContent : ['Content-Type: text/plain; charset=us-ascii'], body)
  return joinHead(
    [...outer, 'MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary="${boundary}"`],
    concat([encoder.encode(`--${boundary}\r\n`), first, ...parts, encoder.encode(`\r\n--${boundary}--\r\n`)]),
  )
}

/** From base64url; twenty megabytes are not worth decoding for that. */
function toBase64(content: string): string {
  return content.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (content.length % 4)) % 4)
}

function concat(pieces: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
