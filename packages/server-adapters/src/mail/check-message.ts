import { TenantryError } from '@tenantry/sdk/errors'
import type { RelayMessage } from '@tenantry/sdk/ports'
import { readAddress } from './read-address.ts'

const controls = /[\u0000-\u001f\u007f\u0080-\u009f\u2028\u2029]/

/** What cannot be folded has to fit a line of 998 with its header's name; nodemailer folds at blanks. */
const longestWord = 900

const isLine = (text: string): boolean => !controls.test(text) && text.split(' ').every((word) => word.length <= longestWord)

const isMessageId = (text: string): boolean => /^<[\x21-\x3b\x3d\x3f-\x7e]+>$/.test(text) && text.length <= longestWord

const isContentType = (text: string): boolean =>
  /^[a-z0-9!#$&^_.+-]{1,127}\/[a-z0-9!#$&^_.+-]{1,127}(; ?charset="?[a-z0-9_-]{1,40}"?)?$/i.test(text)

/**
 * Refuses whatever could become a header of its own, a recipient that nobody sees, or a line that no server takes.
 * @throws TenantryError `message_invalid` with the field that is wrong
 */
export function checkMessage(message: RelayMessage): void {
  const refuse = (field: string): never => {
    throw new TenantryError('message_invalid', { field })
  }
  const check = (field: string, holds: boolean): void => {
    if (!holds) refuse(field)
  }
  const areAddresses = (list: readonly string[]) => list.every((text) => isLine(text) && readAddress(text) !== null)

  const recipients = [...message.to, ...(message.cc ?? []), ...(message.bcc ?? [])]
  check('to', recipients.length > 0 && areAddresses(message.to))
  check('cc', areAddresses(message.cc ?? []))
  check('bcc', areAddresses(message.bcc ?? []))
  check('from', areAddresses([message.from]))
  check('replyTo', message.replyTo === undefined || areAddresses([message.replyTo]))
  check('subject', isLine(message.subject))
  check('text', message.text !== undefined || message.html !== undefined)
  check('messageId', isMessageId(message.messageId))
  check('inReplyTo', message.inReplyTo === undefined || isMessageId(message.inReplyTo))
  check('references', (message.references ?? []).every(isMessageId))
  for (const [name, value] of Object.entries(message.headers ?? {})) {
    check('headers', /^(x|list)-[a-z0-9-]{1,60}$/i.test(name) && isLine(value))
  }
  for (const { filename, contentType, contentId } of message.attachments ?? []) {
    const named = filename !== '' && filename.length <= 255 && !controls.test(filename)
    check(
      'attachments',
      named && isContentType(contentType) && (contentId === undefined || /^[\x21-\x3b\x3d\x3f-\x7e]{1,255}$/.test(contentId)),
    )
  }
}
