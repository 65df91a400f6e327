import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { z } from 'zod/mini'
import type { WrittenMail } from '../mail/write-mail.ts'

const mailFields = z.object({
  from: z.optional(z.string()),
  subject: z.optional(z.string()),
  text: z.optional(z.string()),
  eml: z.optional(z.instanceof(File)),
})

/** The fields of a JSON or form body. @throws HTTPException 400 */
export async function readFields<T extends z.ZodMiniType>(context: Context, schema: T): Promise<z.infer<T>> {
  const raw: unknown = isForm(context) ? await context.req.parseBody({ all: true }) : JSON.parse((await context.req.text()) || '{}')
  const read = schema.safeParse(raw)
  if (read.success) return read.data
  const message = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  throw new HTTPException(400, { message, res: Response.json({ error: message }, { status: 400 }) })
}

/** Answers programs with JSON, and a person's form by going back to the page. */
export function reply(context: Context, value: unknown, anchor: string, status: 200 | 201 = 200): Response {
  return isForm(context) ? context.redirect(`/#${anchor}`, 303) : Response.json(value, { status })
}

/** True for a body that a form on the page sent. */
export function isForm(context: Context): boolean {
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)/.test(context.req.header('content-type') ?? '')
}

/** Lines or commas to a list. */
export function splitList(text: string | string[]): string[] {
  return (typeof text === 'string' ? text.split(/[\s,]+/) : text).filter(Boolean)
}

/** A mail: its fields, an .eml file among them, or the bytes as they are. @throws HTTPException 400 */
export async function readMail(context: Context): Promise<WrittenMail> {
  if (context.req.header('content-type')?.startsWith('message/rfc822')) return { eml: new Uint8Array(await context.req.arrayBuffer()) }
  const { from, subject, text, eml } = await readFields(context, mailFields)
  if (eml && eml.size > 0) return { eml: new Uint8Array(await eml.arrayBuffer()) }
  return { from: from || 'Kim Customer <kim@customer.test>', subject: subject ?? '', text: text ?? '' }
}
