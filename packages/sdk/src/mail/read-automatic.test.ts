import { describe, expect, it } from 'vitest'
import { readAutomatic } from './read-automatic.ts'
import { readHeaders } from './read-headers.ts'

const read = (...lines: string[]) => readAutomatic(readHeaders(new TextEncoder().encode(lines.join('\r\n'))))

describe('automatic mail', () => {
  it.each([
    ['reply', ['Auto-Submitted: auto-replied']],
    ['reply', ['auto-submitted: (vacation) Auto-Replied; owner-email="a@b.test"']],
    ['reply', ['X-Autoreply: yes']],
    ['reply', ['X-Autorespond: out of office']],
    ['reply', ['Precedence: auto_reply']],
    ['generated', ['Auto-Submitted: auto-generated']],
    ['generated', ['Auto-Submitted: auto-notified']],
    ['generated', ['Return-Path: <>']],
    ['generated', ['Return-Path: < >']],
    ['generated', ['X-Auto-Response-Suppress: DR, AutoReply']],
    ['generated', ['X-Auto-Response-Suppress: All']],
    ['bulk', ['Precedence: bulk']],
    ['bulk', ['Precedence: List']],
    ['bulk', ['Precedence: junk']],
    ['bulk', ['List-Id: Tenants <tenants.b.test>']],
    ['bulk', ['List-Unsubscribe: <https://b.test/u>']],
    ['bulk', ['Feedback-ID: 1:2:b']],
    [null, ['Auto-Submitted: no']],
    [null, ['Auto-Submitted: No (a person)']],
    [null, ['X-Autoreply: no']],
    [null, ['Precedence: first-class']],
    [null, ['X-Auto-Response-Suppress: None']],
    [null, ['X-Auto-Response-Suppress: DR, NDR']],
    [null, ['Return-Path: <a@b.test>']],
    [null, ['Subject: Automatic reply: Precedence: bulk']],
    [null, ['Subject: List-Id: x', '\tAuto-Submitted: auto-replied']],
    ['reply', ['Precedence: bulk', 'List-Id: x', 'Return-Path: <>', 'Auto-Submitted: auto-replied']],
    ['generated', ['Precedence: bulk', 'Auto-Submitted: no', 'Auto-Submitted: auto-generated']],
    ['generated', ['List-Id: x', 'Return-Path: <>']],
  ])('is %s: %j', (expected, lines) => {
    expect(read(...lines)).toBe(expected)
  })
})
