import type { z } from 'zod/mini'
import { cloudError } from './api-error.ts'
import type { Call } from './operation.ts'

/**
 * The JSON body, checked against the fields Google knows.
 * @throws ApiError 400 INVALID_ARGUMENT
 */
export function readJson<T extends z.ZodMiniType>(call: Call, schema: T): z.infer<T> {
  const parsed = schema.safeParse(parse(call.text === '' ? '{}' : call.text))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `Unknown name "${issue.keys[0]}"${at(issue.path)}: Cannot find field.`
      : `Invalid value${at(issue.path)}: ${issue.message}`,
  )
  throw cloudError(400, 'INVALID_ARGUMENT', `Invalid JSON payload received. ${problems.join('\n')}`)
}

function at(path: PropertyKey[]): string {
  return path.length > 0 ? ` at '${path.map(String).join('.')}'` : ''
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw cloudError(400, 'INVALID_ARGUMENT', 'Invalid JSON payload received. Parsing terminated before end of input.')
  }
}
