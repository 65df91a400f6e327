import type { Message } from './message.ts'

const ACCENTED: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ó',
  U: 'Ú',
  n: 'ñ',
  c: 'ç',
}

type Pack = Readonly<Record<string, Readonly<Record<string, Message>>>>

/** A pack of the same shape in longer, accented text: what stays plain on screen is not translated, what breaks is too tight. */
export function createPseudoMessages(pack: Pack): Pack {
  return mapValues(pack, (texts) => mapValues(texts, (message) => (typeof message === 'string' ? accent(message) : mapForms(message))))
}

function mapForms(message: Exclude<Message, string>): Message {
  return { ...mapValues(message as Readonly<Record<string, string>>, accent), other: accent(message.other) }
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}

// Places and code stay as they are: they are not text.
function accent(text: string): string {
  const pieces = text
    .split(/(\{\w+\}|`[^`]+`)/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replaceAll(/[a-z]/gi, (letter) => ACCENTED[letter] ?? letter)))
  return `[${pieces.join('')}${'~'.repeat(Math.ceil(text.length / 3))}]`
}
