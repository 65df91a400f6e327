import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMessageId, readMessageIds, readReferences } from './read-message-ids.ts'

describe('message ids', () => {
  it.each([
    ['<a@b.test>', ['<a@b.test>']],
    ['<a@b.test><c@d.test>\t <a@b.test>', ['<a@b.test>', '<c@d.test>']],
    ['<a@b.\t test>', ['<a@b.test>']],
    ['(was <old@b.test> (nested \\) )) <a@b.test> (added by b.test)', ['<a@b.test>']],
    ['"Your message <of> Monday" <a@b.test>', ['<a@b.test>']],
    ['Your message of "Fri, 06 Sep 2002" <a@b.test>', ['<a@b.test>']],
    ['a@b.test', ['<a@b.test>']],
    ['a@b.test, c@d.test', ['<a@b.test>', '<c@d.test>']],
    ['anna@b.test’s message of Monday', []],
    ['<a@b.test', ['<a@b.test>']],
    ['a@b.test>', ['<a@b.test>']],
    ['<a@b.test <c@d.test>', ['<c@d.test>']],
    ['<a(b@c.test>', ['<a(b@c.test>']],
    ['(open <a@b.test>', ['<a@b.test>']],
    ['"open <a@b.test>', ['<a@b.test>']],
    ['<> <  >', []],
    [`<${'a'.repeat(1000)}@b.test>`, []],
    ['', []],
  ])('of %s', (value, ids) => {
    expect(readMessageIds(value)).toEqual(ids)
  })

  it.each([
    ['<a@b.test> <c@d.test>', '<a@b.test>'],
    ['abc-without-at', '<abc-without-at>'],
    ['<abc-without-at>', '<abc-without-at>'],
    ['PM20008:51:38 PM', null],
    ['<>', null],
    ['', null],
  ])('of a mail itself: %s', (value, id) => {
    expect(readMessageId(value)).toBe(id)
  })

  it('of a long thread are the first and the last 99', () => {
    const ids = Array.from({ length: 150 }, (_, at) => `<${at}@b.test>`)
    expect(readReferences(ids.join(' '))).toEqual([ids[0], ...ids.slice(51)])
    expect(readReferences(ids.slice(0, 100).join(' '))).toEqual(ids.slice(0, 100))
  })

  it('come back in their order from any spacing and comments', () => {
    const id = fc.stringMatching(/^[a-z0-9.$+=-]{1,20}@[a-z0-9.-]{1,20}$/).map((text) => `<${text}>`)
    const gap = fc.constantFrom('', ' ', '\t ', ' (a <b@c.test> "d) ', ' "quoted (" ')
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 20 }), gap, (ids, between) => {
        expect(readMessageIds(ids.join(between))).toEqual(ids)
      }),
    )
  })

  it('are each in angle brackets, whatever was sent', () => {
    const text = fc.string({ unit: fc.constantFrom(...'<>()"\\@ab .,;\t'), maxLength: 40 })
    fc.assert(
      fc.property(text, (value) => readMessageIds(value).every((id) => /^<[^<>\s]+>$/.test(id))),
      { numRuns: 1000 },
    )
  })
})
