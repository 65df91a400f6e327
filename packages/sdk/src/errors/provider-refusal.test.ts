import * as fc from 'fast-check'
import { describe, it } from 'vitest'
import { ProviderRefusal } from './provider-refusal.ts'

const idOf = (requestId: string | undefined) =>
  new ProviderRefusal({ vendor: 'microsoft', operation: 'graph.folders.get', httpStatus: 403, requestId }).requestId

const letters = fc.constantFrom(...'abcXYZ019-_'.split(''))

describe('the id of a refused request', () => {
  it('is kept as it is', () => {
    fc.assert(fc.property(fc.string({ unit: letters, minLength: 1, maxLength: 64 }), (id) => idOf(id) === id))
  })

  it('is dropped when it is anything else', () => {
    const blank = fc.constantFrom(' ', '\n', '\r', '\t', '@', '<', '.', ':', '\u0000', 'é', 'Ａ', '\u202e')
    const around = fc.tuple(fc.string({ unit: letters }), blank, fc.string({ unit: letters })).map((parts) => parts.join(''))
    const tooLong = fc.string({ unit: letters, minLength: 65, maxLength: 200 })
    fc.assert(fc.property(fc.oneof(around, tooLong, fc.constantFrom('', undefined)), (id) => idOf(id) === undefined))
  })
})
