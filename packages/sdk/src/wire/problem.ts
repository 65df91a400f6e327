import * as z from 'zod/mini'
import { errorCodes } from '../errors/index.ts'

const code = z.enum(errorCodes as [(typeof errorCodes)[number], ...typeof errorCodes])

const values = z.record(z.string(), z.string())

/** `application/problem+json`, RFC 9457, with our code. `fields` names every wrong field of a form. */
export const problemSchema = z.object({
  code,
  title: z.string(),
  detail: z.string(),
  status: z.number(),
  field: z.optional(z.string()),
  fields: z.optional(z.array(z.object({ field: z.string(), code, values: z.optional(values) }))),
  values: z.optional(values),
  remedy: z.optional(z.string()),
  retryAfterMs: z.optional(z.number()),
  requestId: z.string(),
})

export type Problem = z.infer<typeof problemSchema>

export { code as errorCodeSchema, values as wordValuesSchema }
