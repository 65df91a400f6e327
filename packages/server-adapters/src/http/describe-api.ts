import { operations, problemSchema } from '@tenantry/sdk/wire'
import type { Operation } from '@tenantry/sdk/wire'
import * as z from 'zod/mini'
import { schemaNames } from './schema-names.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type JsonObject = { readonly [key: string]: Json }

/** An OpenAPI 3.1 document. */
export interface ApiDescription {
  readonly openapi: '3.1.1'
  readonly info: JsonObject
  readonly servers: readonly JsonObject[]
  readonly security: readonly JsonObject[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>
  readonly components: JsonObject
}

const about = `Every call runs in the signed-in session of the product that embeds this API and is authorized by it.
Calls that change something need the content type application/json and an Origin header (or Sec-Fetch-Site: same-origin) of the product.`

/** Describes the operations of the contract. Made from the table that the routes are made from. */
export function describeApi(basePath: string): ApiDescription {
  const ids = nameSchemas()
  const paths: Record<string, Record<string, JsonObject>> = {}
  for (const [operationId, operation] of Object.entries<Operation>(operations)) {
    const path = (paths[operation.path.replace(':id', '{id}')] ??= {})
    path[operation.method.toLowerCase()] = describeOperation(operationId, operation, ids)
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Tenantry', version: '1', description: about },
    servers: [{ url: basePath }],
    security: [{ session: [] }],
    paths,
    components: {
      schemas: describeSchemas(ids),
      responses: {
        Problem: { description: 'What went wrong, RFC 9457', content: { 'application/problem+json': { schema: refer('Problem') } } },
      },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'session',
          description: 'The session of the embedding product, under the name it uses.',
        },
      },
    },
  }
}

function describeOperation(operationId: string, operation: Operation, ids: ReadonlyMap<z.ZodMiniType, string>): JsonObject {
  const { method, path, summary, query = [], input, output } = operation
  const changes = method !== 'GET'
  const refusals = [
    '401',
    '403',
    '429',
    '503',
    ...(path.includes(':id') ? ['404'] : []),
    ...(changes ? ['413', '415', '422'] : []),
    'default',
  ]
  return {
    operationId,
    summary,
    parameters: [
      ...(path.includes(':id') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : []),
      ...query.map((name) => ({ name, in: 'query', required: false, schema: { type: 'string' } })),
    ],
    ...(changes && {
      requestBody: {
        // Nothing at all is read as an empty object.
        required: input !== undefined && !input.safeParse({}).success,
        content: { 'application/json': { schema: input === undefined ? { type: 'object', maxProperties: 0 } : refer(nameOf(ids, input)) } },
      },
    }),
    responses: {
      '200': { description: 'Done', content: { 'application/json': { schema: refer(nameOf(ids, output)) } } },
      ...Object.fromEntries(refusals.map((status) => [status, { $ref: '#/components/responses/Problem' }])),
    },
  }
}

/** Shared schemas keep their names; one that an operation has for itself is named after the operation. */
function nameSchemas(): ReadonlyMap<z.ZodMiniType, string> {
  const ids = new Map<z.ZodMiniType, string>([[problemSchema, 'Problem'], ...schemaNames])
  for (const [operationId, { input, output }] of Object.entries<Operation>(operations)) {
    const name = operationId.replaceAll('.', '_')
    if (input !== undefined && !ids.has(input)) ids.set(input, `${name}_input`)
    if (!ids.has(output)) ids.set(output, `${name}_output`)
  }
  return ids
}

function describeSchemas(ids: ReadonlyMap<z.ZodMiniType, string>): JsonObject {
  const registry = z.registry<{ id: string }>()
  for (const [schema, id] of ids) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { uri: pointTo })
  return Object.fromEntries(
    // OpenAPI names the dialect and the place once for the whole document.
    Object.entries(schemas).map(([id, { $schema: _dialect, $id: _place, ...schema }]) => [id, schema as JsonObject]),
  )
}

function nameOf(ids: ReadonlyMap<z.ZodMiniType, string>, schema: z.ZodMiniType): string {
  const name = ids.get(schema)
  if (name === undefined) throw new TypeError('describeApi: an operation has a schema without a name')
  return name
}

const refer = (id: string): JsonObject => ({ $ref: pointTo(id) })

const pointTo = (id: string): string => `#/components/schemas/${id}`
