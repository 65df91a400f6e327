import { newId } from '../state/new-id.ts'

/** A mail as a person thinks of it, or its RFC 5322 bytes. */
export type WrittenMail = { from: string; subject: string; text: string } | { eml: Uint8Array | string }

/** The RFC 5322 bytes; `now` in epoch ms. */
export function writeMail(to: string, mail: WrittenMail, now: number): Uint8Array {
  const encoder = new TextEncoder()
  if ('eml' in mail) return typeof mail.eml === 'string' ? encoder.encode(mail.eml) : mail.eml
  const lines = [
    `Message-ID: <${newId(24)}@mail.example>`,
    `Date: ${new Date(now).toUTCString().replace('GMT', '+0000')}`,
    `From: ${oneLine(mail.from)}`,
    `To: ${to}`,
    `Subject: ${encodeWord(oneLine(mail.subject))}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    mail.text.replace(/\r?\n/g, '\r\n'),
  ]
  return encoder.encode(`${lines.join('\r\n')}\r\n`)
}

/** Line breaks become spaces. */
export function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ')
}

/** RFC 2047, where it is needed. */
export function encodeWord(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
  return `=?UTF-8?B?${btoa(binary)}?=`
}
