import { Readable } from 'node:stream'
import { ProviderRefusal } from '@tenantry/sdk/errors'
import { withinDeadline } from '../within-deadline.ts'
import type { SmtpSession } from './open-session.ts'
import { toRefusal } from './to-refusal.ts'

interface Submission {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: Uint8Array
}

const chunkBytes = 64 * 1024

/**
 * Hands a message over to everybody or to nobody.
 * @throws ProviderRefusal `smtp.data` with status 0 when the whole message was handed over and no answer came: nobody knows whether it was taken
 */
export async function submit(session: SmtpSession, { from, to, raw }: Submission, deadlineMs: number): Promise<void> {
  if (session.maxBytes !== null && raw.length > session.maxBytes)
    throw new ProviderRefusal({ vendor: 'microsoft', operation: 'smtp.mail', httpStatus: 400, reason: '5.3.4' })
  if (to.length > 1) await rehearse(session, { from, to })

  let operation = 'smtp.mail'
  const body = Readable.from(
    chunksOf(raw, () => (operation = 'smtp.transfer')),
    { objectMode: false },
  )
  // From here on the final dot may be on its way.
  body.once('end', () => (operation = 'smtp.data'))
  const sent = new Promise<number>((resolve, reject) => {
    const envelope = { from, to: [...to], size: raw.length }
    session.connection.send(envelope, body, (error, info) => (error ? reject(error) : resolve(info?.rejected.length ?? 0)))
  })
  try {
    const rejected = await withinDeadline(deadlineMs, Promise.race([sent, session.lost]), () => session.connection.close())
    if (rejected > 0) throw new ProviderRefusal({ vendor: 'microsoft', operation, httpStatus: 0, reason: 'taken_for_some' })
  } catch (error) {
    throw toRefusal(operationOf(error) ?? operation, error)
  }
}

/** nodemailer sends to those who were accepted and leaves the others out, so everybody is asked about before. */
async function rehearse(session: SmtpSession, { from, to }: Omit<Submission, 'raw'>): Promise<void> {
  await session.command('smtp.mail', `MAIL FROM:<${from}>`)
  for (const address of to) await session.command('smtp.rcpt', `RCPT TO:<${address}>`)
  await session.command('smtp.rset', 'RSET')
}

function* chunksOf(raw: Uint8Array, onBegin: () => void): Generator<Uint8Array> {
  onBegin()
  for (let at = 0; at < raw.length; at += chunkBytes) yield raw.subarray(at, at + chunkBytes)
}

/** The command that the server refused, where it was one. */
function operationOf(error: unknown): string | undefined {
  const command = error instanceof Error ? (error as Error & { readonly command?: unknown; readonly response?: unknown }) : undefined
  if (typeof command?.response !== 'string') return undefined
  return ({ 'MAIL FROM': 'smtp.mail', 'RCPT TO': 'smtp.rcpt', DATA: 'smtp.data' } as Record<string, string>)[String(command.command)]
}
