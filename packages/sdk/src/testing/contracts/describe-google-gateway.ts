import { describe } from 'vitest'
import { createBench } from './google-gateway/bench.ts'
import type { GoogleGatewayUnderTest } from './google-gateway/bench.ts'
import { describeCalendar } from './google-gateway/describe-calendar.ts'
import { describeGmail } from './google-gateway/describe-gmail.ts'
import { describePubSub } from './google-gateway/describe-pubsub.ts'
import { describeSafety } from './google-gateway/describe-safety.ts'
import { describeTrouble } from './google-gateway/describe-trouble.ts'

export type { GatewayFault, GoogleGatewayUnderTest, GoogleGatewayWorld } from './google-gateway/bench.ts'

/** What every `GoogleGateway` keeps to, proven against a Google on localhost. None of it can be skipped. */
export function describeGoogleGateway(name: string, options: { readonly create: () => Promise<GoogleGatewayUnderTest> }): void {
  describe(`GoogleGateway: ${name}`, () => {
    const bench = createBench(options.create)
    describeGmail(bench)
    describeCalendar(bench)
    describePubSub(bench)
    describeTrouble(bench)
    describeSafety(bench)
  })
}
