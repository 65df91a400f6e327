import { TenantryError } from '../../errors/index.ts'
import type { GmailGateway, GoogleGateway } from '../../ports/index.ts'
import type { ProviderCall } from '../provider.ts'
import type { GmailSettings } from './settings.ts'

type Label = Awaited<ReturnType<GmailGateway['listLabels']>>[number]

/** Gmail's own labels are the same in every mailbox. Source: developers.google.com/workspace/gmail/api/guides/labels#types_of_labels. */
const systemIds: ReadonlySet<string> = new Set([
  'INBOX',
  'SPAM',
  'TRASH',
  'UNREAD',
  'STARRED',
  'IMPORTANT',
  'SENT',
  'DRAFT',
  'CHAT',
  'CATEGORY_PERSONAL',
  'CATEGORY_SOCIAL',
  'CATEGORY_PROMOTIONS',
  'CATEGORY_UPDATES',
  'CATEGORY_FORUMS',
])

/**
 * The ids of the labels that the settings name by id or by name, in their order and each once. The mailbox is only asked when one of them is no
 * label of Gmail's own.
 * @throws `unknown_label`: importing everything instead would import what the tenant left out
 */
export async function resolveLabels(
  google: GoogleGateway,
  call: Pick<ProviderCall, 'accessToken'>,
  settings: Pick<GmailSettings, 'labelIds'>,
): Promise<readonly string[]> {
  if (settings.labelIds.every((entry) => systemIds.has(entry))) return settings.labelIds
  const labels = await google.gmail.listLabels({ accessToken: await call.accessToken() })
  return [...new Set(settings.labelIds.map((entry) => findLabel(labels, entry)))]
}

/** An exact id first, because that is what was meant when it was chosen from a list; then the name, and its spelling only when that is unique. */
function findLabel(labels: readonly Label[], entry: string): string {
  if (systemIds.has(entry) || labels.some(({ id }) => id === entry)) return entry
  const named = labels.filter(({ name }) => fold(name) === fold(entry))
  const exact = named.find(({ name }) => name.normalize('NFC') === entry.normalize('NFC'))
  const found = exact ?? (named.length === 1 ? named[0] : undefined)
  if (found === undefined) throw new TenantryError('unknown_label', { values: { label: entry } })
  return found.id
}

const fold = (name: string): string => name.normalize('NFC').toLowerCase()
