import type { Context } from '../../context.ts'
import type { GoogleBundle } from '../../model/google-setup.ts'
import type { GoodbyeRecord } from '../../ports/index.ts'
import { readJournal } from '../../providers/gmail/push/journal.ts'
import { ownedSetupOf, topicsOf } from '../../providers/gmail/push/setup.ts'
import type { OwnedSetup } from '../../providers/gmail/push/setup.ts'
import { loadGmail } from '../load-gmail.ts'
import { keepUndo } from './undo.ts'

interface Move {
  readonly before: GoogleBundle
  readonly after: GoogleBundle
}

/**
 * Journals that what we created is to be deleted where the app is in another project after a save, or has no key any more; just before the key that this
 * needs is forgotten. What the app still holds stays: it is used, or can be deleted later. Should the save fail, all of it does.
 * @returns `null` when nothing is left behind @throws `unavailable`
 */
export async function leaveProject(context: Context, tenantId: string, { before, after }: Move): Promise<GoodbyeRecord | null> {
  const gmail = loadGmail(context)
  const endpoint = await context.store.pushEndpoints.get(tenantId, 'google')
  if (gmail === null || endpoint === null) return null
  const left = ownedSetupOf(gmail.ports, before, endpoint)
  if (left === null || topicsOf(gmail.ports, after, endpoint.key).includes(left.names.topic) || !mayBeOurs(left)) return null
  return keepUndo(context, left, { keeper: tenantId, cause: 'save' })
}

/** Provisioning notes what it made, and what it is about to make. A project that was never set up, as one that was typed by mistake, is asked nothing. */
function mayBeOurs({ names, endpoint: { journal } }: OwnedSetup): boolean {
  const noted = readJournal(journal)
  if (noted === null) return journal !== null
  const own: readonly string[] = Object.values(names)
  return noted.steps.some(({ state }) => state === 'working') || noted.ours.some((name) => own.includes(name))
}
