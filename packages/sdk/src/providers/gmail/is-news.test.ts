import { describe, expect, it } from 'vitest'
import { isNews } from './is-news.ts'

const inbox = { labelIds: ['INBOX'], labelMode: 'include' } as const
const help = { labelIds: ['Label_1'], labelMode: 'include' } as const
const starred = { labelIds: ['STARRED'], labelMode: 'include' } as const
const notHelp = { labelIds: ['Label_1'], labelMode: 'exclude' } as const

describe('a message that got labels is news', () => {
  it.each([
    ['in the inbox, when it gets there', inbox, ['INBOX'], true],
    ['in the inbox, not when it is marked as unread', inbox, ['UNREAD'], false],
    ['in the inbox, not when it is sorted there', inbox, ['Label_7'], false],
    ['under a label, when it gets it', help, ['Label_1'], true],
    ['under a label, not when it gets another', help, ['Label_7'], false],
    ['under a label, not when it comes back to the inbox', help, ['INBOX'], false],
    ['by a star, when the star is what counts', starred, ['STARRED'], true],
    ['without a label, not when it gets another', notHelp, ['Label_7'], false],
    ['without a label, not when it gets it', notHelp, ['Label_1'], false],
    ['by its place, when nobody says what happened to it', inbox, [], true],
  ])('%s', (_, rule, addedLabelIds, expected) => {
    expect(isNews({ addedLabelIds, removedLabelIds: [] }, rule)).toBe(expected)
  })
})

describe('a message that lost labels is news', () => {
  it.each([
    ['in the inbox, when it comes out of Spam', inbox, ['SPAM'], true],
    ['in the inbox, not when it is read', inbox, ['UNREAD'], false],
    ['in the inbox, not when it leaves it', inbox, ['INBOX'], false],
    ['under a label, when it comes out of Trash', help, ['TRASH'], true],
    ['under a label, not when it is archived', help, ['INBOX'], false],
    ['without a label, when it comes out of Spam', notHelp, ['SPAM'], true],
    ['without a label, when it loses it', notHelp, ['Label_1'], true],
    ['without a label, not when it loses another', notHelp, ['Label_7', 'UNREAD'], false],
  ])('%s', (_, rule, removedLabelIds, expected) => {
    expect(isNews({ addedLabelIds: [], removedLabelIds }, rule)).toBe(expected)
  })
})
