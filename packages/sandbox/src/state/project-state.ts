export type Publishing = 'testing' | 'production' | 'internal'
export type ApiName = 'gmail' | 'calendar' | 'pubsub'

export interface ProjectState {
  projectId: string
  /** The 12-digit project number. */
  number: string
  publishing: Publishing
  /** Google has verified the app: no "unverified app" warning. */
  verified: boolean
  /** Addresses that may use an app in Testing; null: every account. */
  testUsers: string[] | null
  /** Workspace domain that an internal app belongs to. */
  organization: string | null
  apis: Record<ApiName, boolean>
  /** Project-level IAM: who holds which role. */
  members: { member: string; role: string }[]
  /** Permissions of the project's own roles, by role name. */
  customRoles: Record<string, string[]>
  /** Org policy constraints/iam.allowedPolicyMemberDomains is enforced. */
  domainRestrictedSharing: boolean
  /** Org policy constraints/iam.disableServiceAccountKeyCreation is enforced. */
  disableServiceAccountKeyCreation: boolean
}

export interface ClientState {
  clientId: string
  projectId: string
  secrets: string[]
  redirectUris: string[]
  deleted: boolean
}

export interface ServiceAccountState {
  email: string
  projectId: string
  uniqueId: string
  keys: { keyId: string; publicPem: string; keyFile: string }[]
}
