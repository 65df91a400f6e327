import { testPrincipal as principal } from '@tenantry/sdk/testing'
import type { CheckReport } from '@tenantry/sdk/wire'
import { describe, expect, it } from 'vitest'
import { createStoryWorld } from '../../../../../.storybook/create-story-world.ts'
import type { StoryWorld } from '../../../../../.storybook/create-story-world.ts'
import { connectedBy, connectedMailbox, microsoftInUse } from '../../../../../.storybook/microsoft-scenarios.ts'
import { connectedCalendar, connectedGmail, inUse } from '../../../../../.storybook/scenarios.ts'
import { checkFactsMessages } from './check-facts.messages.ts'

const diagnose = (scenario: (world: StoryWorld) => Promise<string>) => async (): Promise<CheckReport> => {
  const world = createStoryWorld()
  return world.sdk.connections.diagnose({ principal, connectionId: await scenario(world) })
}

describe('what checks have seen', () => {
  it.each<[string, () => Promise<CheckReport>]>([
    ['a Gmail connection', diagnose(connectedGmail)],
    ['a calendar', diagnose(connectedCalendar)],
    ['a shared mailbox by Graph', diagnose(connectedMailbox)],
    ['a shared mailbox by IMAP and SMTP', diagnose(connectedBy({ send: 'smtp', receive: 'imap' }))],
    ['a shared mailbox by IMAP and a relay', diagnose(connectedBy({ send: 'relay', receive: 'imap' }))],
    [
      'the Google setup',
      async () => {
        const world = createStoryWorld()
        await inUse(world)
        return world.sdk.google.test({ principal })
      },
    ],
    [
      'the Microsoft setup',
      async () => {
        const world = createStoryWorld()
        await microsoftInUse(world)
        return world.sdk.microsoft.test({ principal })
      },
    ],
  ])('has a name in words: %s', async (_, check) => {
    const keys = (await check()).checks.flatMap(({ facts }) => Object.keys(facts))
    expect(keys).not.toEqual([])
    expect(keys.filter((key) => !Object.hasOwn(checkFactsMessages.messages, key))).toEqual([])
  })
})
