import { describe } from 'vitest'
import { createBench } from './microsoft-gateway/bench.ts'
import type { MicrosoftGatewayUnderTest } from './microsoft-gateway/bench.ts'
import { describeDelta } from './microsoft-gateway/describe-delta.ts'
import { describeDrafts } from './microsoft-gateway/describe-drafts.ts'
import { describeMailbox } from './microsoft-gateway/describe-mailbox.ts'
import { describeSafety } from './microsoft-gateway/describe-safety.ts'
import { describeSending } from './microsoft-gateway/describe-sending.ts'
import { describeSubscriptions } from './microsoft-gateway/describe-subscriptions.ts'
import { describeTrouble } from './microsoft-gateway/describe-trouble.ts'

export type { MicrosoftGatewayUnderTest, MicrosoftGatewayWorld } from './microsoft-gateway/bench.ts'

/** What every `MicrosoftGateway` keeps to, proven against a Microsoft on localhost. None of it can be skipped. */
export function describeMicrosoftGateway(name: string, options: { readonly create: () => Promise<MicrosoftGatewayUnderTest> }): void {
  describe(`MicrosoftGateway: ${name}`, () => {
    const bench = createBench(options.create)
    describeMailbox(bench)
    describeDelta(bench)
    describeSending(bench)
    describeDrafts(bench)
    describeSubscriptions(bench)
    describeTrouble(bench)
    describeSafety(bench)
  })
}
