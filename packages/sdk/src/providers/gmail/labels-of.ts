import type { GoogleGateway } from '../../ports/index.ts'
import type { ProviderCall } from '../provider.ts'
import { resolveLabels } from './labels.ts'
import { parseGmailSettings } from './settings.ts'

const asked = new WeakMap<ProviderCall, Promise<readonly string[]>>()

/** The ids of the labels that count, looked up once for all that is done with one call. @throws `unknown_label` */
export function labelsOf(google: GoogleGateway, call: ProviderCall): Promise<readonly string[]> {
  const known = asked.get(call)
  if (known !== undefined) return known
  const looked = resolveLabels(google, call, parseGmailSettings(call.connection.settings))
  asked.set(call, looked)
  return looked
}
