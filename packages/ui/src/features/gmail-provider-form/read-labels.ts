import type { ChoiceItem } from '@tenantry/sdk/wire'
import type { CheckboxListOption } from '../../parts/checkbox-list/checkbox-list.tsx'

export interface ReadLabels {
  readonly options: readonly (CheckboxListOption & { readonly isMissing?: boolean })[]
  /** What is chosen, as ids; what the mailbox does not have any more stays as it was saved. */
  readonly chosen: readonly string[]
  readonly missing: readonly string[]
}

export interface ReadLabelsOptions {
  readonly labels: readonly ChoiceItem[]
  /** Ids, or names that nobody has looked up yet. */
  readonly values: readonly string[]
  /** A label of Gmail's own in the reader's language; every mailbox has these, also where they are not offered. */
  readonly nameSystem: (id: string) => string | null
  readonly locale: string
}

// As Gmail lists them.
const systemOrder = [
  'INBOX',
  'STARRED',
  'IMPORTANT',
  'UNREAD',
  'CATEGORY_PERSONAL',
  'CATEGORY_SOCIAL',
  'CATEGORY_PROMOTIONS',
  'CATEGORY_UPDATES',
  'CATEGORY_FORUMS',
]

/** The mailbox's labels as a list to choose from: what is gone first, then Gmail's own, then the mailbox's in their folders. */
export function readLabels({ labels, values, nameSystem, locale }: ReadLabelsOptions): ReadLabels {
  const found = values.map((value) => [value, labels.find(({ id, name }) => id === value || name === value)] as const)
  const elsewhere = found.flatMap(([value, label]) => (label ? [] : [value]))
  const missing = elsewhere.filter((value) => nameSystem(value) === null)
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const system = labels.filter(({ kind }) => kind === 'system').toSorted((a, b) => placeOf(a) - placeOf(b))
  const own = labels.filter(({ kind }) => kind === 'user').toSorted((a, b) => compareFolders(a.name, b.name, compare))
  return {
    options: [
      ...missing.map((value) => ({ value, label: value, isMissing: true })),
      ...system.map(({ id, name }) => ({ value: id, label: nameSystem(id) ?? name })),
      ...elsewhere.flatMap((value) => [nameSystem(value)].flatMap((label) => (label === null ? [] : [{ value, label }]))),
      ...own.map((label) => toOption(label, own)),
    ],
    chosen: [...new Set(found.map(([value, label]) => label?.id ?? value))],
    missing,
  }
}

function placeOf({ id }: ChoiceItem): number {
  const place = systemOrder.indexOf(id)
  return place < 0 ? systemOrder.length : place
}

// A folder stands directly above what is in it, whatever else begins with its name.
function compareFolders(a: string, b: string, compare: (a: string, b: string) => number): number {
  const [one, other] = [a.split('/'), b.split('/')]
  const at = one.findIndex((part, index) => part !== other[index])
  if (at < 0) return one.length - other.length
  return other[at] === undefined ? 1 : compare(one[at] ?? '', other[at]) || one.length - other.length
}

/** "Clients/Acme" stands inside "Clients", if the mailbox has that too. */
function toOption({ id, name }: ChoiceItem, own: readonly ChoiceItem[]): CheckboxListOption {
  const parents = own.filter((other) => name.startsWith(`${other.name}/`))
  const nearest = parents.reduce((longest, { name: other }) => (other.length > longest.length ? other : longest), '')
  return nearest === '' ? { value: id, label: name } : { value: id, label: name, parent: `${nearest}/`, depth: parents.length }
}
