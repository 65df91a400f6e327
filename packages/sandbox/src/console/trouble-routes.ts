import { Hono } from 'hono'
import { z } from 'zod/mini'
import { callFaultKinds } from '../faults/call-fault.ts'
import type { CallFault } from '../faults/call-fault.ts'
import type { Fault } from '../faults/fault-book.ts'
import type { World } from '../state/world.ts'
import { MICROSOFT_PRESETS } from './microsoft-presets.ts'
import { isForm, readFields, reply } from './read-fields.ts'

const callFault = z.object({
  operation: z.optional(z.string()),
  path: z.optional(z.string()),
  method: z.optional(z.string()),
  times: z.optional(z.coerce.number()),
  kind: z.enum(callFaultKinds),
  ms: z.optional(z.coerce.number()),
  status: z.optional(z.coerce.number()),
  body: z.optional(z.string()),
  contentType: z.optional(z.string()),
  to: z.optional(z.string()),
  bytes: z.optional(z.coerce.number()),
  gzip: z.optional(z.stringbool()),
  fields: z.optional(z.record(z.string(), z.unknown())),
  omit: z.optional(z.array(z.string())),
})
const pushFault = z.object({
  delivery: z.enum(['pubsub', 'calendar', 'graph']),
  times: z.optional(z.coerce.number()),
  kind: z.enum([
    'duplicate',
    'reorder',
    'drop',
    'latency',
    'no-token',
    'wrong-audience',
    'wrong-email',
    'wrong-issuer',
    'expired',
    'unverified',
    'bad-signature',
  ]),
  ms: z.optional(z.coerce.number()),
})

/** Ready-made faults of the page. */
export const PRESETS: Record<string, { label: string; fault: Fault }> = {
  'token-down': { label: 'Token endpoint answers 503', fault: { operation: 'oauth.token', kind: 'status', status: 503 } },
  'grants-dead': {
    label: 'Token endpoint calls every grant dead',
    fault: {
      operation: 'oauth.token',
      kind: 'status',
      status: 400,
      body: JSON.stringify({ error: 'invalid_grant', error_description: 'Token has been expired or revoked.' }),
    },
  },
  'token-drips': { label: 'Token endpoint sends a byte a second', fault: { operation: 'oauth.token', kind: 'drip' } },
  'gmail-down': { label: 'Gmail answers 503', fault: { operation: /^gmail\./, kind: 'status', status: 503 } },
  'gmail-html': {
    label: 'Gmail answers an HTML page',
    fault: { operation: /^gmail\./, kind: 'body', body: '<!doctype html><title>Sorry</title>', times: 1 },
  },
  'calendar-slow': { label: 'Calendar takes 5 seconds', fault: { operation: /^calendar\./, kind: 'latency', ms: 5000 } },
  'connection-lost': { label: 'The next token response is lost', fault: { operation: 'oauth.token', kind: 'lose-response', times: 1 } },
  'mail-duplicate': { label: 'Every mail push comes twice', fault: { delivery: 'pubsub', kind: 'duplicate' } },
  'mail-silent': { label: 'Mail pushes are lost', fault: { delivery: 'pubsub', kind: 'drop' } },
  'calendar-silent': { label: 'Calendar pushes are lost', fault: { delivery: 'calendar', kind: 'drop' } },
  'forged-token': { label: 'Mail pushes carry a forged token', fault: { delivery: 'pubsub', kind: 'bad-signature' } },
  ...MICROSOFT_PRESETS,
}

/** Time, faults and what has happened. */
export function createTroubleRoutes(world: World): Hono {
  const app = new Hono()
  app.get('/clock', () => Response.json({ now: world.clock.now() }))
  app.post('/clock', async (context) => {
    const { advance } = await readFields(context, z.object({ advance: z.coerce.number().check(z.nonnegative()) }))
    await world.clock.advance(advance)
    world.changed()
    return reply(context, { now: world.clock.now() }, 'clock')
  })
  app.get('/faults', () => Response.json({ faults: world.faults.list().map(showFault) }))
  app.post('/faults', async (context) => {
    const fields = await readFields(context, z.union([z.object({ preset: z.string() }), pushFault, callFault]))
    const fault = 'preset' in fields ? presetOf(fields.preset) : toFault(fields)
    world.faults.add(fault)
    return reply(context, showFault(world.faults.list().at(-1) ?? { id: 0, fault, hits: 0 }), 'faults', 201)
  })
  app.delete('/faults', (context) => {
    world.faults.clear()
    return context.body(null, 204)
  })
  app.delete('/faults/:id', (context) => {
    world.faults.remove(Number(context.req.param('id')))
    return context.body(null, 204)
  })
  app.post('/faults/clear', (context) => {
    world.faults.clear()
    return isForm(context) ? reply(context, {}, 'faults') : context.body(null, 204)
  })
  app.get('/activity', () => Response.json({ requests: world.requests.slice(-200), deliveries: world.deliveries.slice(-200) }))
  return app
}

function presetOf(name: string): Fault {
  const preset = Object.hasOwn(PRESETS, name) ? PRESETS[name] : undefined
  if (!preset) throw new Error(`There is no preset ${name}`)
  return preset.fault
}

/** An operation between slashes is a pattern; a path is a piece of the path. */
function toFault(fields: z.infer<typeof pushFault> | z.infer<typeof callFault>): Fault {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const pattern = /^\/(.+)\/$/.exec(String(given['operation'] ?? ''))?.[1]
  return { ...given, ...(pattern ? { operation: new RegExp(pattern) } : {}) } as Fault
}

function showFault({ id, fault, hits }: { id: number; fault: Fault; hits: number }) {
  const { operation, path }: Pick<CallFault, 'operation' | 'path'> = 'delivery' in fault ? {} : fault
  return { id, hits, ...fault, ...(operation ? { operation: String(operation) } : {}), ...(path ? { path: String(path) } : {}) }
}
