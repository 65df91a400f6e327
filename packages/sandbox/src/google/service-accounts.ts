import { exportPKCS8, exportSPKI, generateKeyPair } from 'jose'
import { isRole } from '../pubsub/permissions.ts'
import { newId, newNumber } from '../state/new-id.ts'
import type { World } from '../state/world.ts'
import { findProject } from './find.ts'
import type { GoogleWorld } from './google-world.ts'

const STANDARD_ROLES = ['roles/pubsub.admin', 'roles/iam.serviceAccountUser']

/** Service accounts and their keys. */
export function createServiceAccountVerbs(world: World): Pick<GoogleWorld, 'createServiceAccount' | 'deleteServiceAccountKeys'> {
  return {
    createServiceAccount: async ({ projectId, name = 'mail-push', roles = STANDARD_ROLES }) => {
      const project = findProject(world, projectId)
      const unknown = roles.find((role) => !isRole(role))
      if (unknown) throw new Error(`The sandbox does not know the role ${unknown}`)
      if (!/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(name)) throw new Error(`${name} is not a service account name`)
      const pair = await generateKeyPair('RS256', { extractable: true, modulusLength: 2048 })
      const email = freeEmail(world, name, projectId)
      const uniqueId = newNumber(21)
      const keyId = newId(40)
      const keyFile = JSON.stringify(
        describeKey({ projectId, keyId, email, uniqueId, privateKey: await exportPKCS8(pair.privateKey) }),
        null,
        2,
      )
      world.state.serviceAccounts.push({
        email,
        projectId,
        uniqueId,
        keys: [{ keyId, publicPem: await exportSPKI(pair.publicKey), keyFile }],
      })
      project.members.push(...roles.map((role) => ({ member: `serviceAccount:${email}`, role })))
      return { email, projectId, uniqueId, keyJson: () => keyFile }
    },
    deleteServiceAccountKeys: (email) => {
      const account = world.state.serviceAccounts.find((candidate) => candidate.email === email)
      if (!account) throw new Error(`The sandbox has no service account ${email}`)
      account.keys = []
    },
  }
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
