import { errorCodes, failures } from '@tenantry/sdk/errors'
import { describe, expect, it } from 'vitest'
import { placesOf } from '../../locales/format.ts'
import { failureMessages } from './failure.messages.ts'
import type { FailureKey } from './failure.messages.ts'
import { failureMessagesDe } from './failure.messages.de.ts'

const keys = Object.keys(failureMessages.messages) as FailureKey[]

describe('words for failures', () => {
  it('has a title, a detail and a remedy for every code', () => {
    expect(keys).toHaveLength(errorCodes.length * 3)
    expect(failureMessages.messages['forbidden.title']).toBe(failures.forbidden.title)
  })

  it.each(keys)('says %s in German with the same places and without HTML', (key) => {
    const german = failureMessagesDe[key]
    expect(placesOf(german)).toEqual(placesOf(failureMessages.messages[key]))
    expect(german).not.toMatch(/[<>]/)
    expect(german).not.toBe(failureMessages.messages[key])
  })
})
