import { describe, expect, it } from 'vitest'
import { isolate } from './isolate.ts'

describe('on a page from right to left', () => {
  it.each([
    ['The key is for {actual}. Gmail needs it.', '{actual}'],
    ['ends with .apps.googleusercontent.com.', '.apps.googleusercontent.com'],
    ['such as support@acme.com.', 'support@acme.com'],
    ['under myaccount.google.com/permissions, then', 'myaccount.google.com/permissions'],
    ['(iam.serviceAccounts.actAs) is missing', 'iam.serviceAccounts.actAs'],
    ['the path projects/PROJECT/topics/NAME of', 'projects/PROJECT/topics/NAME'],
    ['a day such as 2027-01-31.', '2027-01-31'],
    ['for example acme-mail-473210.', 'acme-mail-473210'],
  ])('keeps together what a sentence does not own: %s', (words, apart) => {
    expect(isolate(words, 'rtl')).toBe(words.replace(apart, `\u2068${apart}\u2069`))
  })

  it('leaves an ordinary sentence as it is', () => {
    const plain = 'The sign-in ended. Create a new one (in 7 days).'
    expect(isolate(plain, 'rtl')).toBe(plain)
  })
})

it('changes nothing on a page from left to right', () => {
  expect(isolate('{account} at https://example.com.', 'ltr')).toBe('{account} at https://example.com.')
})
