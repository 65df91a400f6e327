import type { MicrosoftCloud } from '@tenantry/sdk/model'
import type { MailServer, MicrosoftEndpoints } from '@tenantry/sdk/ports'
import { checkEndpoint } from '../rest/check-endpoint.ts'

type Clouds = Readonly<Record<MicrosoftCloud, MicrosoftEndpoints>>

const imap = (host: string): MailServer => ({ host, port: 993, security: 'tls' })
const smtp = (host: string): MailServer => ({ host, port: 587, security: 'starttls' })

/**
 * Where Microsoft's clouds are. Sources: learn.microsoft.com/graph/deployments (login and Graph), learn.microsoft.com/exchange "Authenticate
 * an IMAP, POP or SMTP connection using OAuth" and each cloud's "URLs and IP address ranges" (Outlook). For SMTP outside of the worldwide
 * cloud Microsoft lists no address; these are the ones that mail clients ship.
 */
export const microsoftEndpoints: Clouds = {
  global: {
    login: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    resources: { graph: 'https://graph.microsoft.com', outlook: 'https://outlook.office.com' },
    imap: imap('outlook.office365.com'),
    smtp: smtp('smtp.office365.com'),
  },
  us_gov_high: {
    login: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    resources: { graph: 'https://graph.microsoft.us', outlook: 'https://outlook.office365.us' },
    imap: imap('outlook.office365.us'),
    smtp: smtp('smtp.office365.us'),
  },
  us_gov_dod: {
    login: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us',
    resources: { graph: 'https://dod-graph.microsoft.us', outlook: 'https://outlook-dod.office365.us' },
    imap: imap('outlook-dod.office365.us'),
    smtp: smtp('outlook-dod.office365.us'),
  },
  china: {
    login: 'https://login.chinacloudapi.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    resources: { graph: 'https://microsoftgraph.chinacloudapi.cn', outlook: 'https://partner.outlook.cn' },
    imap: imap('partner.outlook.cn'),
    smtp: smtp('smtp.partner.outlook.cn'),
  },
}

/** Where Graph has large attachments sent to, besides itself. Source: learn.microsoft.com/graph/outlook-large-attachments. */
const outlookOrigins: Readonly<Record<MicrosoftCloud, readonly string[]>> = {
  global: ['https://outlook.office.com', 'https://outlook.office365.com'],
  us_gov_high: ['https://outlook.office365.us'],
  us_gov_dod: ['https://outlook-dod.office365.us'],
  china: ['https://partner.outlook.cn'],
}

/** The origins to which bytes of an attachment may go: a sandbox's own only, once Graph is in a sandbox. */
export function uploadOrigins(cloud: MicrosoftCloud, { graph }: MicrosoftEndpoints): readonly string[] {
  return [new URL(graph).origin, ...(graph === microsoftEndpoints[cloud].graph ? outlookOrigins[cloud] : [])]
}

/**
 * Microsoft's clouds, and instead of some of them others, without trailing slashes. A cloud is replaced as a whole, so that what one issues
 * is never shown to another.
 * @throws TypeError when an endpoint is neither https nor http on this machine, or a mail server has no host and port
 */
export function checkEndpoints(endpoints: Partial<Clouds>): Clouds {
  const read = (cloud: MicrosoftCloud): MicrosoftEndpoints => {
    const { login, graph, resources, imap: incoming, smtp: outgoing } = endpoints[cloud] ?? microsoftEndpoints[cloud]
    const name = (field: string): string => `createMicrosoftGateway: endpoints.${cloud}.${field}`
    return {
      login: checkEndpoint(name('login'), login),
      graph: checkEndpoint(name('graph'), graph),
      resources: {
        graph: checkEndpoint(name('resources.graph'), resources.graph),
        outlook: checkEndpoint(name('resources.outlook'), resources.outlook),
      },
      imap: checkServer(name('imap'), incoming),
      smtp: checkServer(name('smtp'), outgoing),
    }
  }
  return { global: read('global'), us_gov_high: read('us_gov_high'), us_gov_dod: read('us_gov_dod'), china: read('china') }
}

function checkServer(name: string, { host, port, security }: MailServer): MailServer {
  const named = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host) && Number.isInteger(port) && port > 0 && port < 65_536
  if (!named) throw new TypeError(`${name} must have the name of a host and a port from 1 to 65535.`)
  return { host, port, security }
}
