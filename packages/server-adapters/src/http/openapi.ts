import { toJSONSchema } from 'zod/v4/core'
import { operations, problemSchema } from '@tenantry/sdk/wire'
import type { Operation } from '@tenantry/sdk/wire'

type Json = Readonly<Record<string, unknown>>

/** The contract as an OpenAPI 3.1 document, made from the same table as the routes. */
export function createOpenApi(basePath: string): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const [operationId, operation] of Object.entries<Operation>(operations)) {
    const path = operation.path.replace(':id', '{id}')
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operationId, operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tenantry', version: '1', description: 'Session: the host’s own. State-changing requests need Content-Type: application/json and an Origin of the host.' },
    servers: [{ url: basePath }],
    paths,
    components: { schemas: { Problem: schemaOf(problemSchema) } },
  }
}

function describe(operationId: string, operation: Operation): Json {
  const parameters = [
    ...(operation.path.includes(':id') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : []),
    ...(operation.query ?? []).map((name) => ({ name, in: 'query', required: false, schema: { type: 'string' } })),
  ]
  return {
    operationId,
    summary: operation.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(operation.method !== 'GET' && {
      requestBody: { required: true, content: { 'application/json': { schema: operation.input === undefined ? { type: 'object' } : schemaOf(operation.input) } } },
    }),
    responses: {
      '200': { description: 'Done', content: { 'application/json': { schema: schemaOf(operation.output) } } },
      default: { description: 'Refused or failed', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  }
}

function schemaOf(schema: NonNullable<Operation['input']>): Json {
  const { $schema: _, ...rest } = toJSONSchema(schema) as Record<string, unknown>
  return rest
}
