/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'
import { format, placesOf } from './format.ts'
import { loadMessages } from './load-messages.ts'
import type { Message, MessageSurface } from './message.ts'
import { createPseudoMessages } from './pseudo.ts'

type Pack = Readonly<Record<string, Readonly<Record<string, Message>>>>

const surfaceFiles = import.meta.glob<Record<string, unknown>>(['../**/*.messages.ts'], { eager: true })

function isSurface(value: unknown): value is MessageSurface {
  return typeof value === 'object' && value !== null && 'surface' in value && 'messages' in value
}

const declared = Object.values(surfaceFiles).flatMap((file) => Object.values(file).filter(isSurface))

function textsOf(message: Message): string[] {
  return typeof message === 'string' ? [message] : Object.values(message)
}

function entriesOf(pack: Pack): [string, Message][] {
  return Object.entries(pack).flatMap(([surface, texts]) =>
    Object.entries(texts).map(([key, text]): [string, Message] => [`${surface}.${key}`, text]),
  )
}

describe('the English pack', () => {
  it('lists every surface that a *.messages.ts file declares, under the name it declares', () => {
    expect(Object.keys(en).toSorted()).toEqual(declared.map((surface) => surface.surface).toSorted())
    for (const surface of declared) expect((en as Pack)[surface.surface]).toBe(surface.messages)
  })
})

describe.each<[string, Pack]>([
  ['de', de],
  ['pseudo', createPseudoMessages(en)],
])('the %s pack', (_, pack) => {
  it('has the keys of English, no more and no fewer', () => {
    expect(
      entriesOf(pack)
        .map(([key]) => key)
        .toSorted(),
    ).toEqual(
      entriesOf(en)
        .map(([key]) => key)
        .toSorted(),
    )
  })

  it('has the places of English in every text', () => {
    const english = Object.fromEntries(entriesOf(en))
    const differing = entriesOf(pack).filter(([key, text]) => placesOf(text).join() !== placesOf(english[key] ?? '').join())
    expect(differing).toEqual([])
  })

  it('has a bold or code mark wherever English has one', () => {
    const marks = (message: Message) => [/\*\*.+?\*\*/, /`[^`]+`/].map((mark) => textsOf(message).some((text) => mark.test(text))).join()
    const english = Object.fromEntries(entriesOf(en))
    expect(entriesOf(pack).filter(([key, text]) => marks(text) !== marks(english[key] ?? ''))).toEqual([])
  })
})

describe.each<[string, Pack]>([
  ['en', en],
  ['de', de],
])('%s', (_, pack) => {
  it('holds no HTML, no empty text and no exclamation mark', () => {
    const odd = entriesOf(pack).filter(([, text]) =>
      textsOf(text).some((form) => /<\/?[a-z]|&[a-z]+;|!(?!=)/i.test(form) || form.trim() === ''),
    )
    expect(odd).toEqual([])
  })
})

describe('format', () => {
  it('fills places, chooses the plural form and writes numbers as the locale does', () => {
    const steps = { one: '{count} step', other: '{count} steps' }
    expect(format('Copy {what}', { what: 'the ID' })).toBe('Copy the ID')
    expect(format(steps, { count: 1 })).toBe('1 step')
    expect(format(steps, { count: 1200 }, 'de')).toBe('1.200 steps')
    expect(format({ one: 'x', few: '{count} kroki', other: '{count} kroków' }, { count: 3 }, 'pl')).toBe('3 kroki')
  })

  it('leaves a place without a value visible', () => {
    expect(format('Open {link}', {})).toBe('Open {link}')
  })
})

describe('loadMessages', () => {
  it('finds German for every German locale, and nothing where English is enough', async () => {
    expect(await loadMessages('de-AT')).toBe(de)
    expect(await loadMessages('en-GB')).toBeNull()
    expect(await loadMessages('fi')).toBeNull()
  })
})
