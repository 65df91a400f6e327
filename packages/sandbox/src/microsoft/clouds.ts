export type CloudName = 'global' | 'us_gov_high' | 'us_gov_dod' | 'china'

export interface MailServer {
  host: string
  port: number
  security: 'tls' | 'starttls'
}

/** Where one of Microsoft's clouds is. */
export interface MicrosoftCloudEndpoints {
  /** Origin of the identity platform. */
  login: string
  /** Origin of Graph. */
  graph: string
  /** What scopes begin with. */
  resources: { graph: string; outlook: string }
  imap: MailServer
  smtp: MailServer
}

interface Cloud {
  login: string
  graph: string
  outlook: string
  /** Host that tokens name as their issuer; in China it is not the one that is called. */
  issuer: string
}

const CLOUDS: Record<CloudName, Cloud> = {
  global: {
    login: 'login.microsoftonline.com',
    graph: 'graph.microsoft.com',
    outlook: 'outlook.office.com',
    issuer: 'login.microsoftonline.com',
  },
  us_gov_high: {
    login: 'login.microsoftonline.us',
    graph: 'graph.microsoft.us',
    outlook: 'outlook.office365.us',
    issuer: 'login.microsoftonline.us',
  },
  us_gov_dod: {
    login: 'login.microsoftonline.us',
    graph: 'dod-graph.microsoft.us',
    outlook: 'outlook-dod.office365.us',
    issuer: 'login.microsoftonline.us',
  },
  china: {
    login: 'login.chinacloudapi.cn',
    graph: 'microsoftgraph.chinacloudapi.cn',
    outlook: 'partner.outlook.cn',
    issuer: 'login.partner.microsoftonline.cn',
  },
}

// Port 9 discards: nobody answers there.
const NOBODY = { host: '127.0.0.1', port: 9 }

const ESCAPED = /[.]/g
const anyOf = (hosts: string[]) => [...new Set(hosts)].map((host) => host.replace(ESCAPED, '\\.')).join('|')
const all = Object.values(CLOUDS)

/** First segment of every path of the identity platform, in hono's pattern language. */
export const LOGIN_HOST = `/:host{${anyOf(all.map(({ login }) => login))}}`
/** First segment of every path of Graph. */
export const GRAPH_HOST = `/:host{${anyOf(all.map(({ graph }) => graph))}}`

/** What each cloud is called here. All of them show the same world. */
export function createMicrosoftEndpoints(
  origin: string,
  servers: { imap?: MailServer; smtp?: MailServer },
): Record<CloudName, MicrosoftCloudEndpoints> {
  const show = ({ login, graph, outlook }: Cloud): MicrosoftCloudEndpoints => ({
    login: `${origin}/${login}`,
    graph: `${origin}/${graph}`,
    resources: { graph: `https://${graph}`, outlook: `https://${outlook}` },
    imap: servers.imap ?? { ...NOBODY, security: 'tls' },
    smtp: servers.smtp ?? { ...NOBODY, security: 'starttls' },
  })
  return {
    global: show(CLOUDS.global),
    us_gov_high: show(CLOUDS.us_gov_high),
    us_gov_dod: show(CLOUDS.us_gov_dod),
    china: show(CLOUDS.china),
  }
}

/** The issuer of tokens that a login host gives. */
export function issuerOf(loginHost: string, directoryId: string): string {
  const cloud = all.find(({ login }) => login === loginHost) ?? CLOUDS.global
  return `https://${cloud.issuer}/${directoryId}/v2.0`
}

/** Which service a resource identifier names; null for none that is known. */
export function audienceOf(resource: string): 'graph' | 'outlook' | null {
  if (all.some(({ graph }) => resource === `https://${graph}`)) return 'graph'
  const outlook = all.some((cloud) => resource === `https://${cloud.outlook}`) || resource === 'https://outlook.office365.com'
  return outlook ? 'outlook' : null
}
