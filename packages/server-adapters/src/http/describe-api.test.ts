import { expect, it } from 'vitest'
import { operations } from '@tenantry/sdk/wire'
import type { Operation } from '@tenantry/sdk/wire'
import { createHandler, describeApi } from './index.ts'
import { createRecordingSdk } from './testing/recording-sdk.ts'

type Node = { readonly [key: string]: Node }

const api = describeApi('/api/tenantry')
const document = JSON.parse(JSON.stringify(api)) as Node
const table = Object.entries<Operation>(operations)

function* nodesOf(node: unknown): Generator<Record<string, unknown>> {
  if (typeof node !== 'object' || node === null) return
  yield node as Record<string, unknown>
  for (const child of Object.values(node)) yield* nodesOf(child)
}

const follow = (pointer: string): unknown =>
  pointer
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>(
      (node, key) => (node as Record<string, unknown> | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')],
      document,
    )

it('is OpenAPI 3.1 with what it has to have', () => {
  expect(api.openapi).toMatch(/^3\.1\.\d$/)
  expect(api.info).toMatchObject({ title: 'Tenantry', version: expect.any(String) })
  expect(api.servers).toEqual([{ url: '/api/tenantry' }])
  expect(JSON.stringify(api.info)).toContain('Origin')
})

it('has every operation of the contract at its path and method, once, and no other', () => {
  const described = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [operation['operationId'], `${method.toUpperCase()} ${path}`]),
  )
  expect(described.toSorted()).toEqual(table.map(([id, { method, path }]) => [id, `${method} ${path.replace(':id', '{id}')}`]).toSorted())
  expect(new Set(described.map(([id]) => id)).size).toBe(described.length)
})

it.each(table)('%s: declares its parameters, body and answers', (_, { method, path, query = [], input }) => {
  const described = api.paths[path.replace(':id', '{id}')]?.[method.toLowerCase()] as unknown as {
    parameters?: { name: string; in: string; required: boolean }[]
    requestBody?: { required: boolean }
    responses: object
  }
  const parameters = (described.parameters ?? []).map(({ name, in: place, required }) => `${place} ${name} ${required}`)
  expect(parameters.toSorted()).toEqual(
    [...(path.includes(':id') ? ['path id true'] : []), ...query.map((name) => `query ${name} false`)].toSorted(),
  )
  expect(Object.keys(described.responses)).toEqual(expect.arrayContaining(['200', 'default']))
  expect(described.requestBody !== undefined).toBe(method !== 'GET')
  expect(described.requestBody?.required ?? false).toBe(input !== undefined && !input.safeParse({}).success)
})

it('has only references that lead somewhere, and no schema that nothing leads to', () => {
  const references = [...nodesOf(document)].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []))
  expect(references.length).toBeGreaterThan(table.length)
  expect(references.filter((reference) => !reference.startsWith('#/') || follow(reference) === undefined)).toEqual([])
  const schemas = Object.keys((api.components as { schemas: object }).schemas)
  expect(schemas.filter((name) => !references.includes(`#/components/schemas/${name}`))).toEqual([])
  expect(schemas.filter((name) => !/^[A-Za-z0-9._-]+$/.test(name))).toEqual([])
})

it('is strict where the contract is, and knows every field of it', () => {
  const changes = Object.values(
    (api.components as unknown as { schemas: Record<string, { properties?: object; additionalProperties?: boolean }> }).schemas,
  ).find(({ properties }) => properties !== undefined && 'ifVersion' in properties)
  expect(changes?.additionalProperties).toBe(false)
  expect(Object.keys(changes?.properties ?? {})).toEqual(expect.arrayContaining(['clientSecret', 'serviceAccountKey', 'calendarMode']))
})

it('is served under the base path, to anybody, the same each time', async () => {
  const sdk = createRecordingSdk()
  const handler = createHandler(sdk, { identify: () => null, basePath: '/v1/mail' })
  const first = await handler(new Request('https://app.example.com/v1/mail/openapi.json'))
  expect([first.status, first.headers.get('content-type'), first.headers.get('x-content-type-options')]).toEqual([
    200,
    'application/json',
    'nosniff',
  ])
  const text = await first.text()
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(describeApi('/v1/mail'))))
  expect(await (await handler(new Request('https://app.example.com/v1/mail/openapi.json'))).text()).toBe(text)
  expect((await handler(new Request('https://app.example.com/v1/mail/openapi.json', { method: 'POST' }))).status).toBe(405)
  expect(sdk.calls).toEqual([])
})
