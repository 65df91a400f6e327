import { newId, newNumber } from '../state/new-id.ts'
import type { ClientState } from '../state/project-state.ts'
import type { World } from '../state/world.ts'
import { findClient, findProject } from './find.ts'
import type { GoogleWorld, OAuthClient, ProjectOptions } from './google-world.ts'

const NAMES = ['quiet-harbor', 'amber-field', 'silver-creek', 'north-window', 'green-lantern', 'still-meadow']

type ProjectVerbs = Pick<
  GoogleWorld,
  | 'createProject'
  | 'setPublishing'
  | 'setApi'
  | 'setOrgPolicy'
  | 'grantRole'
  | 'revokeRole'
  | 'createClient'
  | 'setRedirectUris'
  | 'rotateSecret'
  | 'deleteClient'
>

/** Projects and OAuth clients, as their owner handles them. */
export function createProjectVerbs(world: World): ProjectVerbs {
  return {
    createProject: (options = {}) => createProject(world, options),
    setPublishing: (projectId, publishing, { verified, testUsers } = {}) => {
      const project = findProject(world, projectId)
      project.publishing = publishing
      if (verified !== undefined) project.verified = verified
      if (testUsers !== undefined) project.testUsers = testUsers
    },
    setApi: (projectId, api, enabled) => {
      findProject(world, projectId).apis[api] = enabled
    },
    setOrgPolicy: (projectId, policy) => {
      Object.assign(findProject(world, projectId), policy)
    },
    grantRole: (projectId, member, role) => {
      findProject(world, projectId).members.push({ member, role })
    },
    revokeRole: (projectId, member, role) => {
      const project = findProject(world, projectId)
      project.members = project.members.filter((entry) => entry.member !== member || entry.role !== role)
    },
    createClient: ({ projectId, redirectUris }) => {
      const { number } = findProject(world, projectId)
      const clientId = `${number}-${newId(32)}.apps.googleusercontent.com`
      world.state.clients.push({ clientId, projectId, secrets: [newSecret()], redirectUris, deleted: false })
      return handleOf(world, clientId)
    },
    setRedirectUris: (clientId, redirectUris) => {
      findClient(world, clientId).redirectUris = redirectUris
    },
    rotateSecret: (clientId) => handleOf(world, clientId).rotate(),
    deleteClient: (clientId) => {
      findClient(world, clientId).deleted = true
    },
  }
}

/** Text of client_secret.json, as the console offers it for download. */
export function clientFile(client: ClientState): string {
  return JSON.stringify({
    web: {
      client_id: client.clientId,
      project_id: client.projectId,
      auth_uri: 'https://accounts.google.com/o/oauth2/auth',
      token_uri: 'https://oauth2.googleapis.com/token',
      auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
      client_secret: client.secrets.at(-1),
      redirect_uris: client.redirectUris,
    },
  })
}

function createProject(world: World, options: ProjectOptions) {
  const projectId = options.projectId ?? `${NAMES[world.state.projects.length % NAMES.length]}-${newNumber(6)}`
  if (!/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(projectId)) throw new Error(`${projectId} is not a Google project id`)
  if (world.state.projects.some((project) => project.projectId === projectId))
    throw new Error(`The sandbox already has a project ${projectId}`)
  const number = newNumber(12)
  world.state.projects.push({
    projectId,
    number,
    publishing: options.publishing ?? 'testing',
    verified: options.verified ?? false,
    testUsers: options.testUsers ?? null,
    organization: options.organization ?? world.state.accounts[0]?.address.split('@')[1] ?? null,
    apis: { gmail: true, calendar: true, pubsub: true, ...options.apis },
    members: [],
    customRoles: {},
    domainRestrictedSharing: false,
    disableServiceAccountKeyCreation: false,
  })
  return { projectId, number }
}

function handleOf(world: World, clientId: string): OAuthClient {
  const client = () => findClient(world, clientId)
  const add = (keep: boolean) => {
    const secret = newSecret()
    client().secrets = keep ? [...client().secrets, secret] : [secret]
    world.changed()
    return secret
  }
  return {
    clientId,
    projectId: client().projectId,
    get clientSecret() {
      return client().secrets.at(-1) ?? ''
    },
    addSecret: () => add(true),
    rotate: () => add(false),
    json: () => clientFile(client()),
  }
}

function newSecret(): string {
  return `GOCSPX-EXAMPLE_${newId(20)}`
}
