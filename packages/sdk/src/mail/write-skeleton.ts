import { decodeTransfer } from './decode-transfer.ts'
import { splitParts, type MailPart, type PartBudget } from './split-parts.ts'

/** A mail rebuilt for the parser: same structure and texts, but each attachment empty, with its place in `attachments` as description. */
export interface Skeleton {
  readonly source: string
  readonly attachments: readonly MailPart[]
}

const maxMessageDepth = 3
const maxShownHeader = 10_000

// Where a mail has both kinds of text, the parser converts those parts that have one alone; for large ones that takes minutes.
const maxConvertedBytes = 256 * 1024

/**
 * The parser holds a few kilobytes for each line of a body that is not encoded, so a mail of empty lines would take all memory. It gets texts
 * as base64 under boundaries of ours instead, and never the bytes of attachments.
 */
export function writeSkeleton(root: MailPart, budget: PartBudget): Skeleton {
  const lines: string[] = []
  const attachments: MailPart[] = []
  let boundaries = 0
  let convertible = maxConvertedBytes

  const writeMultipart = (subtype: 'alternative' | 'mixed', writers: readonly (() => void)[]): void => {
    boundaries += 1
    const boundary = `part-${boundaries}`
    lines.push(`Content-Type: multipart/${subtype}; boundary=${boundary}`, '')
    for (const write of writers) {
      lines.push(`--${boundary}`)
      write()
    }
    lines.push(`--${boundary}--`)
  }

  const writeText = (part: MailPart, isAlternative: boolean): void => {
    const bytes = decodeTransfer(part)
    const text = (): void => {
      lines.push(`Content-Type: ${part.type}${part.typeParameters}`, 'Content-Transfer-Encoding: base64', '', ...encodeBase64(bytes))
    }
    convertible -= bytes.length
    if (convertible >= 0) return text()
    const other = part.type === 'text/html' ? 'text/plain' : 'text/html'
    const nothing = (): void => void lines.push(`Content-Type: ${other}`, 'Content-Transfer-Encoding: base64', '', '')
    writeMultipart(isAlternative ? 'mixed' : 'alternative', [text, nothing])
  }

  const writeAttachment = (part: MailPart): void => {
    const headers = [`Content-Disposition: attachment${part.dispositionParameters}`, `Content-Description: ${attachments.length}`]
    lines.push(`Content-Type: application/octet-stream${part.typeParameters}`, ...headers, 'Content-Transfer-Encoding: base64', '', '')
    attachments.push(part)
  }

  const writeMessage = (message: MailPart, depth: number): void => {
    const isReport = holdsReport(message)
    const write = (part: MailPart, isAlternative: boolean): void => {
      if (part.type.startsWith('multipart/')) {
        const subtype = part.type === 'multipart/alternative' ? 'alternative' : 'mixed'
        const inside = isAlternative || subtype === 'alternative'
        return writeMultipart(
          subtype,
          part.parts.map((child) => () => write(child, inside)),
        )
      }
      const isInline = part.disposition !== 'attachment'
      if (isInline && (part.type === 'text/plain' || part.type === 'text/html')) return writeText(part, isAlternative)
      // The mail that a report is about is evidence, not text.
      const isForwarded = part.type === 'message/rfc822' && (part.disposition === '' || part.disposition === 'inline')
      if (!isForwarded || isReport || depth >= maxMessageDepth) return writeAttachment(part)
      const inner = splitParts(decodeTransfer(part), budget)
      lines.push('Content-Type: message/rfc822', '')
      for (const name of ['From', 'To', 'Cc', 'Date', 'Subject']) {
        const value = inner.headers.first(name.toLowerCase())
        if (value !== null) lines.push(`${name}: ${value.slice(0, maxShownHeader)}`)
      }
      writeMessage(inner, depth + 1)
    }
    write(message, false)
  }

  writeMessage(root, 0)
  return { source: lines.join('\r\n'), attachments }
}

const holdsReport = ({ type, parts }: MailPart): boolean =>
  type === 'message/delivery-status' || type === 'message/feedback-report' || parts.some(holdsReport)

const bytesPerLine = 3 * 4096

function encodeBase64(bytes: Uint8Array): string[] {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += bytesPerLine) {
    // `apply` takes the view as it is; spreading it would make an array of it first.
    lines.push(btoa(Reflect.apply(String.fromCharCode, null, bytes.subarray(at, at + bytesPerLine))))
  }
  return lines
}
