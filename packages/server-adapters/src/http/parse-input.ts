import { TenantryError } from '@tenantry/sdk/errors'
import type { Operation } from '@tenantry/sdk/wire'
import * as z from 'zod/mini'

const refusedKeys = new Set(['__proto__', 'constructor', 'prototype'])

const nothing = z.strictObject({})

/**
 * The input of an operation from the body's bytes; no body says no more than an empty object does. Says which fields are wrong and repeats nothing of
 * what was sent. @throws `invalid_input`
 */
export function parseInput({ input = nothing }: Operation, body: Uint8Array): unknown {
  const parsed = input.safeParse(body.byteLength === 0 ? {} : parseJson(body))
  if (parsed.success) return parsed.data
  // The first part of a path is a declared name; what lies deeper could be a key that was sent.
  const fields = new Set(parsed.error.issues.flatMap(({ path }) => (typeof path[0] === 'string' ? [path[0]] : [])))
  throw new TenantryError('invalid_input', { fields: [...fields].map((field) => ({ field, code: 'invalid_input' })) })
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body), refuseKeys)
  } catch {
    // The parser's message quotes the text, so it stops here.
    throw new TenantryError('invalid_input')
  }
}

function refuseKeys(key: string, value: unknown): unknown {
  if (refusedKeys.has(key)) throw new TenantryError('invalid_input')
  return value
}
