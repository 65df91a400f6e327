import { param } from '../../http/operation.ts'
import type { Call } from '../../http/operation.ts'
import type { World } from '../../state/world.ts'
import { readFilter } from './filter.ts'
import { readFolder } from './folders.ts'
import { GraphError } from './graph-error.ts'
import { openMailbox } from './open-mailbox.ts'
import { readPreferences, readSelect, showMessage } from './show-message.ts'

const USUAL = 10
const MOST = 1000

/** `GET …/messages`, of a folder or of the whole mailbox, newest first unless `$orderby` says otherwise. */
export function listMessages(world: World, call: Call): Record<string, unknown> {
  const { owner } = openMailbox(world, call, 'read')
  const folder = call.params['folder'] === undefined ? null : readFolder(owner, param(call, 'folder'))
  const { query, url } = call
  if (query.has('$search')) throw new GraphError(400, 'BadRequest', 'The sandbox does not search; use $filter.')
  const filter = readFilter(query.get('$filter'))
  const ascending = readOrder(query.get('$orderby'), filter.fields)
  const skip = readNumber(query, '$skip', 0, Infinity)
  const size = readNumber(query, '$top', USUAL, MOST)
  const found = owner.mailbox.messages.filter((message) => (folder === null || message.folder === folder) && filter.matches(message))
  const sorted = found.toSorted((a, b) => (ascending ? a.receivedAt - b.receivedAt : b.receivedAt - a.receivedAt))
  const page = sorted.slice(skip, skip + size)
  const next = new URL(url)
  next.searchParams.set('$skip', String(skip + size))
  const preferences = readPreferences(call)
  return {
    '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#users('${encodeURIComponent(owner.id)}')/messages`,
    value: page.map((message) => showMessage(owner, message, preferences, readSelect(query))),
    ...(sorted.length > skip + size ? { '@odata.nextLink': `${world.origin}${next.pathname}${next.search}` } : {}),
  }
}

/** True for ascending. What is sorted by has to be filtered by first. @throws GraphError 400 InefficientFilter */
function readOrder(order: string | null, filtered: string[]): boolean {
  if (order === null) return false
  const [field = '', direction = 'asc'] = order.trim().split(/\s+/)
  if (field !== 'receivedDateTime' || !['asc', 'desc'].includes(direction))
    throw new GraphError(400, 'BadRequest', `Could not sort by '${order}'.`)
  if (filtered.length > 0 && filtered[0] !== field)
    throw new GraphError(400, 'InefficientFilter', 'The restriction or sort order is too complex for this operation.')
  return direction === 'asc'
}

function readNumber(query: URLSearchParams, name: string, usual: number, most: number): number {
  const asked = query.get(name)
  if (asked === null) return usual
  if (!/^\d+$/.test(asked) || Number(asked) > most || (name === '$top' && Number(asked) === 0))
    throw new GraphError(400, 'ErrorInvalidUrlQuery', `The query parameter '${name}' has the value '${asked}', which is out of range.`)
  return Number(asked)
}
