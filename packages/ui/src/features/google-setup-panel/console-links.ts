import type { GoogleService } from '@tenantry/sdk/model'

const cloud = 'https://console.cloud.google.com'

/** Every address in Google's consoles that the panel links to. A rename by Google is one line here. */
const pages = {
  newProject: `${cloud}/projectcreate`,
  enableApis: `${cloud}/flows/enableapi`,
  overview: `${cloud}/auth/overview`,
  branding: `${cloud}/auth/branding`,
  audience: `${cloud}/auth/audience`,
  dataAccess: `${cloud}/auth/scopes`,
  clients: `${cloud}/auth/clients`,
  serviceAccounts: `${cloud}/iam-admin/serviceaccounts`,
  iam: `${cloud}/iam-admin/iam`,
  topics: `${cloud}/cloudpubsub/topic/list`,
  subscriptions: `${cloud}/cloudpubsub/subscription/list`,
  orgPolicies: `${cloud}/iam-admin/orgpolicies/list`,
  cloudShell: 'https://shell.cloud.google.com/?show=terminal',
  apiControls: 'https://admin.google.com/ac/owl/settings',
} as const

export type ConsolePage = keyof typeof pages

export const consolePages = Object.keys(pages) as ConsolePage[]

const apiIds: Readonly<Record<GoogleService, readonly string[]>> = {
  gmail: ['gmail.googleapis.com', 'pubsub.googleapis.com'],
  calendar: ['calendar-json.googleapis.com'],
}

// Pages outside a project take no project.
const projectless: readonly ConsolePage[] = ['newProject', 'cloudShell', 'apiControls']

/** The address of a console page, in the tenant's project when it is known. */
export function consoleLink(page: ConsolePage, project: string | null, services: readonly GoogleService[]): string {
  const url = new URL(pages[page])
  // The list of APIs is one value; Google's page expects its commas as they are.
  if (page === 'enableApis') url.search = `apiid=${services.flatMap((service) => apiIds[service]).join(',')}`
  if (project !== null && !projectless.includes(page)) url.searchParams.set('project', project)
  return url.href.replaceAll('%2C', ',')
}
