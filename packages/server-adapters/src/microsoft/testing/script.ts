import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { Fetch, GraphGateway, MailboxPath } from '@tenantry/sdk/ports'
import { expect } from 'vitest'
import { createMicrosoftGateway } from '../index.ts'
import type { MicrosoftGatewayOptions } from '../index.ts'

export const call = { accessToken: 'eyJ0.EXAMPLE_access', cloud: 'global' } as const
export const mailbox: MailboxPath = { own: false, address: "o'brien@acme.test" }
export const graph = 'https://graph.microsoft.com/v1.0'
export const clock = { now: () => Date.UTC(2026, 0, 1) }

export function createGraph(fetch: Fetch, options: Partial<MicrosoftGatewayOptions> = {}): GraphGateway {
  return createMicrosoftGateway({ clock, fetch, ...options }).graph
}

export const json = (value: unknown, init: ResponseInit = {}): Response => Response.json(value, init)

/** A Graph that refuses everything. */
export const refuse = (status: number, code: string) => (): Promise<Response> =>
  Promise.resolve(json({ error: { code, message: 'm' } }, { status }))

/** Answers one after the other, and what was asked. */
export function script(...answers: (() => Response)[]): { fetch: Fetch; asked: Request[] } {
  const asked: Request[] = []
  const fetch: Fetch = async (request) => {
    asked.push(request)
    const answer = answers[asked.length - 1]
    if (answer === undefined) throw new Error('nobody expected a further request')
    return answer()
  }
  return { fetch, asked }
}

export async function refusalOf(answer: Promise<unknown>): Promise<ProviderRefusal> {
  const error = await answer.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ProviderRefusal)) expect.fail(`Expected a ProviderRefusal, got ${String(error)}`)
  return error
}
