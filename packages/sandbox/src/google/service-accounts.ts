import { exportPKCS8, exportSPKI, generateKeyPair } from 'jose'
import { isRole } from '../pubsub/permissions.ts'
import { newId, newNumber } from '../state/new-id.ts'
import type { ProjectState, ServiceAccountState } from '../state/project-state.ts'
import type { World } from '../state/world.ts'
import { findProject } from './find.ts'
import type { GoogleWorld } from './google-world.ts'

const STANDARD_ROLES = ['roles/pubsub.admin', 'roles/iam.serviceAccountUser']

/** Service accounts and their keys. */
export function createServiceAccountVerbs(world: World): Pick<GoogleWorld, 'createServiceAccount' | 'deleteServiceAccountKeys'> {
  return {
    createServiceAccount: async (options) => {
      const { projectId, name = 'mail-push', permissions } = options
      const { roles = permissions ? [] : STANDARD_ROLES } = options
      const project = findProject(world, projectId)
      const unknown = roles.find((role) => !isRole(role))
      if (unknown) throw new Error(`The sandbox does not know the role ${unknown}`)
      const misspelt = permissions?.find((permission) => !/^[a-z]+(\.[A-Za-z]+){2,}$/.test(permission))
      if (misspelt !== undefined) throw new Error(`${misspelt} is not a permission`)
      if (!/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(name)) throw new Error(`${name} is not a service account name`)
      const email = freeEmail(world, name, projectId)
      const uniqueId = newNumber(21)
      const keys = project.disableServiceAccountKeyCreation ? [] : [await createKey({ projectId, email, uniqueId })]
      world.state.serviceAccounts.push({ email, projectId, uniqueId, keys })
      const member = `serviceAccount:${email}`
      project.members.push(...[...roles, ...(permissions ? [createRole(project, permissions)] : [])].map((role) => ({ member, role })))
      return { email, projectId, uniqueId, keyJson: () => keys[0]?.keyFile ?? refuseKey(email) }
    },
    deleteServiceAccountKeys: (email) => {
      const account = world.state.serviceAccounts.find((candidate) => candidate.email === email)
      if (!account) throw new Error(`The sandbox has no service account ${email}`)
      account.keys = []
    },
  }
}

function createRole(project: ProjectState, permissions: string[]): string {
  const role = `projects/${project.projectId}/roles/custom${Object.keys(project.customRoles).length + 1}`
  project.customRoles[role] = permissions
  return role
}

async function createKey(owner: { projectId: string; email: string; uniqueId: string }): Promise<ServiceAccountState['keys'][number]> {
  const pair = await generateKeyPair('RS256', { extractable: true, modulusLength: 2048 })
  const keyId = newId(40)
  const keyFile = JSON.stringify(describeKey({ ...owner, keyId, privateKey: await exportPKCS8(pair.privateKey) }), null, 2)
  return { keyId, publicPem: await exportSPKI(pair.publicKey), keyFile }
}

/** What the console says under the org policy. */
function refuseKey(email: string): never {
  throw new Error(`Key creation is not allowed on this service account. (${email}, constraints/iam.disableServiceAccountKeyCreation)`)
}

function freeEmail(world: World, name: string, projectId: string): string {
  const taken = (email: string) => world.state.serviceAccounts.some((account) => account.email === email)
  const emails = [name, ...Array.from({ length: 99 }, (_, index) => `${name}-${index + 2}`)].map(
    (local) => `${local}@${projectId}.iam.gserviceaccount.com`,
  )
  const free = emails.find((email) => !taken(email))
  if (!free) throw new Error(`The project ${projectId} has too many service accounts`)
  return free
}

function describeKey(key: { projectId: string; keyId: string; email: string; uniqueId: string; privateKey: string }) {
  return {
    type: 'service_account',
    project_id: key.projectId,
    private_key_id: key.keyId,
    private_key: key.privateKey.endsWith('\n') ? key.privateKey : `${key.privateKey}\n`,
    client_email: key.email,
    client_id: key.uniqueId,
    auth_uri: 'https://accounts.google.com/o/oauth2/auth',
    token_uri: 'https://oauth2.googleapis.com/token',
    auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
    client_x509_cert_url: `https://www.googleapis.com/robot/v1/metadata/x509/${encodeURIComponent(key.email)}`,
    universe_domain: 'googleapis.com',
  }
}
