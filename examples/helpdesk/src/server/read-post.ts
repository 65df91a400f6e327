import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'

/** The JSON object that one of our own pages posted. @throws HTTPException */
export async function readPost(context: Context, baseUrl: string): Promise<Readonly<Record<string, unknown>>> {
  // Another site must not act for the person; a form cannot send JSON.
  if (context.req.header('origin') !== baseUrl) throw new HTTPException(403, { message: 'origin_not_allowed' })
  if (!context.req.header('content-type')?.startsWith('application/json'))
    throw new HTTPException(415, { message: 'unsupported_media_type' })
  const body: unknown = await context.req.json().catch(() => null)
  if (typeof body !== 'object' || body === null) throw new HTTPException(400, { message: 'malformed_body' })
  return { ...body }
}

/** What is no text is empty, and refused by whoever needs it. */
export function readText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
