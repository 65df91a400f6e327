import { describe } from 'vitest'
import { createBench } from './google-gateway/bench.ts'
import type { GoogleGatewayUnderTest } from './google-gateway/bench.ts'
import { describeCalendarChannels } from './google-gateway/describe-calendar-channels.ts'
import { describeCalendarEvents } from './google-gateway/describe-calendar-events.ts'
import { describeCalendar } from './google-gateway/describe-calendar.ts'
import { describeGmail } from './google-gateway/describe-gmail.ts'
import { describePubSubAccess } from './google-gateway/describe-pubsub-access.ts'
import { describePull } from './google-gateway/describe-pull.ts'
import { describeSafety } from './google-gateway/describe-safety.ts'
import { describeSubscriptions } from './google-gateway/describe-subscriptions.ts'
import { describeTopics } from './google-gateway/describe-topics.ts'
import { describeTrouble } from './google-gateway/describe-trouble.ts'

export type { GatewayFault, GoogleGatewayUnderTest, GoogleGatewayWorld } from './google-gateway/bench.ts'

/** What every `GoogleGateway` keeps to, proven against a Google on localhost. None of it can be skipped. */
export function describeGoogleGateway(name: string, options: { readonly create: () => Promise<GoogleGatewayUnderTest> }): void {
  describe(`GoogleGateway: ${name}`, () => {
    const bench = createBench(options.create)
    describeGmail(bench)
    describeCalendar(bench)
    describeCalendarEvents(bench)
    describeCalendarChannels(bench)
    describeTopics(bench)
    describeSubscriptions(bench)
    describePull(bench)
    describePubSubAccess(bench)
    describeTrouble(bench)
    describeSafety(bench)
  })
}
