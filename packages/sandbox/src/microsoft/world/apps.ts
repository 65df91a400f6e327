import { newId } from '../../state/new-id.ts'
import type { World } from '../../state/world.ts'
import { checkPermissions, DELEGATED_NAMES } from '../entra/permissions.ts'
import { findApp, findByAddress, findDirectory } from '../find.ts'
import type { AppState } from '../state/entra-state.ts'
import type { AppSecret, MicrosoftWorld } from './microsoft-world.ts'

type AppVerbs = Pick<
  MicrosoftWorld,
  'registerApp' | 'addSecret' | 'removeSecret' | 'setRedirectUris' | 'restrictApp' | 'deleteApp' | 'setRotation'
>

const DAY = 86_400_000
/** What the portal proposes. */
const USUAL_DAYS = 180

/** App registrations. */
export function createAppVerbs(world: World): AppVerbs {
  return {
    registerApp: ({ directoryId, name = 'Helpdesk', redirectUris = [], multiTenant = false, delegated, application }) => {
      const app: AppState = {
        clientId: crypto.randomUUID(),
        directoryId: findDirectory(world, directoryId).directoryId,
        name,
        redirectUris,
        multiTenant,
        delegated: delegated ?? DELEGATED_NAMES,
        application: application ?? ['Mail.ReadWrite', 'Mail.Send'],
        secrets: [],
        deleted: false,
        reach: null,
      }
      checkPermissions('delegated', app.delegated)
      checkPermissions('application', app.application)
      world.state.microsoft.apps.push(app)
      return { clientId: app.clientId, directoryId, ...addSecret(world, app, USUAL_DAYS) }
    },
    addSecret: (clientId, { days = USUAL_DAYS } = {}) => addSecret(world, findApp(world, clientId), days),
    removeSecret: (clientId, secretId) => {
      const app = findApp(world, clientId)
      if (!app.secrets.some((secret) => secret.secretId === secretId)) throw new Error(`${clientId} has no secret ${secretId}`)
      app.secrets = app.secrets.filter((secret) => secret.secretId !== secretId)
    },
    setRedirectUris: (clientId, redirectUris) => {
      findApp(world, clientId).redirectUris = redirectUris
    },
    restrictApp: (clientId, addresses) => {
      findApp(world, clientId).reach = addresses?.map((address) => findByAddress(world, address).id) ?? null
    },
    deleteApp: (clientId) => {
      findApp(world, clientId).deleted = true
    },
    setRotation: (rotation) => {
      world.state.microsoft.rotation = rotation
    },
  }
}

function addSecret(world: World, app: AppState, days: number): AppSecret {
  const secret = { secretId: crypto.randomUUID(), value: `EXAMPLE_8Q~${newId(32)}`, expiresAt: world.clock.now() + days * DAY }
  app.secrets.push(secret)
  return { clientSecret: secret.value, secretId: secret.secretId, expiresAt: secret.expiresAt }
}
