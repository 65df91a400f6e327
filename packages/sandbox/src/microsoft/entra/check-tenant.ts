import { findBy } from '../../state/find-by.ts'
import type { World } from '../../state/world.ts'
import type { AppState, DirectoryState } from '../state/entra-state.ts'
import { EntraError } from './entra-error.ts'

const GUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i
const DOMAIN = /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)+$/i

/** The directory that a URL names; null for `common` and `organizations`, where the person's own counts. @throws EntraError 900023, 90002 */
export function readTenant(world: World, tenant: string): DirectoryState | null {
  if (tenant === 'common' || tenant === 'organizations') return null
  if (!GUID.test(tenant) && !DOMAIN.test(tenant)) throw new EntraError(900023, tenant)
  const { directories } = world.state.microsoft
  const found = findBy(directories, 'directoryId', tenant.toLowerCase()) ?? findBy(directories, 'domain', tenant.toLowerCase())
  if (found === undefined) throw new EntraError(90002, tenant)
  return found
}

/** The app, where this directory knows it. @throws EntraError 900144, 700016, 50194 */
export function readApp(world: World, clientId: string | null, directory: DirectoryState | null): AppState {
  if (!clientId) throw new EntraError(900144, 'client_id')
  const app = findBy(world.state.microsoft.apps, 'clientId', clientId)
  if (app === undefined || app.deleted) throw new EntraError(700016, clientId)
  if (app.multiTenant) return app
  if (directory === null) throw new EntraError(50194, clientId)
  if (directory.directoryId !== app.directoryId) throw new EntraError(700016, clientId)
  return app
}

/** The app, proved by its secret. @throws EntraError 7000218, 7000215, 7000222 */
export function authenticateApp(world: World, form: URLSearchParams, directory: DirectoryState | null): AppState {
  const app = readApp(world, form.get('client_id'), directory)
  const value = form.get('client_secret')
  if (!value) throw new EntraError(7000218)
  const secret = app.secrets.find((candidate) => candidate.value === value)
  if (secret === undefined) throw new EntraError(7000215, app.clientId)
  if (secret.expiresAt <= world.clock.now()) throw new EntraError(7000222, app.clientId)
  return app
}
