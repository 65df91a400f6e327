import type { MessageState } from '../state/recipient-state.ts'
import { GraphError } from './graph-error.ts'

/** What `$filter` asks for. */
export interface Filter {
  /** Fields, in the order of the expression. */
  fields: string[]
  matches(message: MessageState): boolean
}

type Test = (message: MessageState) => boolean

const TIME = /^receivedDateTime (ge|gt|le|lt|eq) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)$/
const MESSAGE_ID = /^internetMessageId eq '((?:[^']|'')*)'$/
const IS_READ = /^isRead eq (true|false)$/

/** Comparisons joined by `and`, of the fields that mail clients filter by. @throws GraphError 400 */
export function readFilter(text: string | null): Filter {
  if (text === null) return { fields: [], matches: () => true }
  const terms = text.trim().split(/ and (?=(?:[^']*'[^']*')*[^']*$)/)
  const tests = terms.map(readTerm)
  return { fields: terms.map((term) => term.split(' ')[0] ?? ''), matches: (message) => tests.every((test) => test(message)) }
}

function readTerm(term: string): Test {
  const time = TIME.exec(term)
  if (time) return compareTime(time[1] ?? '', Date.parse(time[2] ?? ''))
  const id = MESSAGE_ID.exec(term)
  if (id) return ({ messageId }) => messageId === (id[1] ?? '').replaceAll("''", "'")
  const read = IS_READ.exec(term)
  if (read) return ({ isRead }) => String(isRead) === read[1]
  throw new GraphError(400, 'BadRequest', `Invalid filter clause: '${term}'.`)
}

function compareTime(how: string, wanted: number): Test {
  // Graph knows whole seconds of a message.
  const at = ({ receivedAt }: MessageState) => Math.floor(receivedAt / 1000) * 1000
  switch (how) {
    case 'ge':
      return (message) => at(message) >= wanted
    case 'gt':
      return (message) => at(message) > wanted
    case 'le':
      return (message) => at(message) <= wanted
    case 'lt':
      return (message) => at(message) < wanted
    default:
      return (message) => at(message) === wanted
  }
}
