import { describe, expect, it } from 'vitest'
import { isTenantryError } from '../../errors/index.ts'
import type { GoogleGateway } from '../../ports/index.ts'
import { resolveLabels } from './labels.ts'
import { parseGmailSettings } from './settings.ts'

const user = (id: string, name: string) => ({ id, name, type: 'user' as const })

const mailbox = [
  { id: 'INBOX', name: 'INBOX', type: 'system' as const },
  user('Label_1', 'Help'),
  user('Label_2', 'Kunden/Größe & Maß'),
  user('Label_3', 'orders'),
  user('Label_4', 'Orders'),
  user('Label_5', 'Label_1'),
  user('Label_6', 'caf\u00E9'),
  user('Label_7', '📥 Ein gang'),
]

async function resolve(...labelIds: string[]): Promise<{ ids: readonly string[] | [code: string, label: string]; asked: number }> {
  let asked = 0
  const google = {
    gmail: {
      listLabels: () => {
        asked += 1
        return Promise.resolve(mailbox)
      },
    },
  } as unknown as GoogleGateway
  try {
    return { ids: await resolveLabels(google, { accessToken: async () => 'EXAMPLE_token' }, { labelIds }), asked }
  } catch (error) {
    if (!isTenantryError(error)) throw error
    return { ids: [error.code, error.values['label'] ?? ''], asked }
  }
}

describe('labels', () => {
  it.each([
    ['an id', ['Label_2'], ['Label_2']],
    ['a name', ['Help'], ['Label_1']],
    ['a name in another spelling, when it is the only one', ['hELP'], ['Label_1']],
    ['a name with space, slash and umlauts', ['Kunden/Größe & Maß'], ['Label_2']],
    ['a name with an emoji', ['📥 Ein gang'], ['Label_7']],
    ['a name that is composed otherwise', ['cafe\u0301'], ['Label_6']],
    ['the exact one of two spellings', ['orders'], ['Label_3']],
    ['the other one', ['Orders'], ['Label_4']],
    ['an id before a name that looks like it', ['Label_1'], ['Label_1']],
    ['several, in order, each once', ['Orders', 'INBOX', 'Label_4', 'Help'], ['Label_4', 'INBOX', 'Label_1']],
  ])('%s', async (_, typed, ids) => {
    expect(await resolve(...typed)).toEqual({ ids, asked: 1 })
  })

  it.each([['Nothing'], ['ORDERS'], ['Label_404'], ['inbox '], ['constructor'], ['Help', 'Nothing']])('%j is unknown', async (...typed) => {
    expect((await resolve(...typed)).ids).toEqual(['unknown_label', typed.at(-1)])
  })

  it('of Gmail’s own need no question', async () => {
    expect(await resolve('INBOX', 'CATEGORY_UPDATES')).toEqual({ ids: ['INBOX', 'CATEGORY_UPDATES'], asked: 0 })
    expect(await resolve()).toEqual({ ids: [], asked: 0 })
  })
})

describe('labels in the settings', () => {
  const parse = (labels: unknown) => parseGmailSettings({ mailbox: 'support@acme.test', labels }).labelIds

  it('are ids or names, trimmed, each once', () => {
    expect(parse([' Help ', 'Help', 'Kunden/Größe & Maß', '👩\u200D💻 Dev', 'x'.repeat(225)])).toEqual([
      'Help',
      'Kunden/Größe & Maß',
      '👩\u200D💻 Dev',
      'x'.repeat(225),
    ])
    for (const absent of [undefined, null]) expect(parse(absent)).toEqual(['INBOX'])
  })

  it.each([
    [['']],
    [['   ']],
    [['a\nb']],
    [['a\u0000']],
    [['\uD800']],
    [['x'.repeat(226)]],
    [[1]],
    [[null]],
    ['INBOX'],
    [{}],
    [Array.from({ length: 101 }, (_, at) => `l${at}`)],
  ])('%j is refused', (labels: unknown) => {
    expect(() => parse(labels)).toThrow(expect.objectContaining({ code: 'invalid_input', field: 'labelIds' }))
  })
})
