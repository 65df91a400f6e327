import { describe, expect, it } from 'vitest'
import { isNews } from './is-news.ts'

const inbox = { labelIds: ['INBOX'], labelMode: 'include' } as const
const help = { labelIds: ['Label_1'], labelMode: 'include' } as const
const starred = { labelIds: ['STARRED'], labelMode: 'include' } as const
const notHelp = { labelIds: ['Label_1'], labelMode: 'exclude' } as const

describe('a message that got labels is news', () => {
  it.each([
    ['in the inbox, when it gets there', inbox, ['INBOX'], ['INBOX'], true],
    ['in the inbox, not when it is marked as unread', inbox, ['INBOX', 'UNREAD'], ['UNREAD'], false],
    ['in the inbox, not when it is sorted there', inbox, ['INBOX', 'Label_7'], ['Label_7'], false],
    ['under a label, when it gets it', help, ['INBOX', 'Label_1'], ['Label_1'], true],
    ['under a label, not when it gets another in the inbox', help, ['INBOX', 'Label_1', 'Label_7'], ['Label_7'], false],
    ['under a label, not when it is starred in the archive', help, ['Label_1', 'STARRED'], ['STARRED'], false],
    ['under a label, when it comes back to the inbox', help, ['Label_1', 'INBOX'], ['INBOX'], true],
    ['under a label, when it is moved, which may be out of Spam', help, ['Label_1', 'Label_7'], ['Label_7'], true],
    ['by a star, when the star is what counts', starred, ['INBOX', 'STARRED'], ['STARRED'], true],
    ['by its place, when nobody says what it got', inbox, ['INBOX'], [], true],
    ['without a label, not when it gets another in the inbox', notHelp, ['INBOX', 'Label_7'], ['Label_7'], false],
    ['without a label, when it comes out of Spam', notHelp, ['SPAM', 'INBOX'], ['INBOX'], true],
  ])('%s', (_, rule, labelIds, addedLabelIds, expected) => {
    expect(isNews({ labelIds, addedLabelIds }, rule)).toBe(expected)
  })
})
