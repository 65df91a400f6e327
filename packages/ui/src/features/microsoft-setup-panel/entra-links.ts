import type { MicrosoftCloud } from '@tenantry/sdk/model'

/** Microsoft's admin centers, by cloud. Source: learn.microsoft.com/entra/fundamentals/faq and .../entra/identity-platform/authentication-national-cloud. */
const centers: Readonly<Record<MicrosoftCloud, { readonly entra: string; readonly azure: string }>> = {
  global: { entra: 'https://entra.microsoft.com', azure: 'https://portal.azure.com' },
  us_gov_high: { entra: 'https://entra.microsoft.us', azure: 'https://portal.azure.us' },
  us_gov_dod: { entra: 'https://entra.microsoft.us', azure: 'https://portal.azure.us' },
  china: { entra: 'https://entra.microsoftonline.cn', azure: 'https://portal.azure.cn' },
}

/** Every address in Microsoft's admin centers that the panel links to. A rename by Microsoft is one line here. */
const pages = {
  registrations: { center: 'entra', path: '/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade' },
  newRegistration: { center: 'entra', path: '/#view/Microsoft_AAD_RegisteredApps/CreateApplicationBlade' },
  cloudShell: { center: 'azure', path: '/#cloudshell/' },
} as const

export type EntraPage = keyof typeof pages

/** The address of an admin page in the tenant's cloud. */
export function entraLink(page: EntraPage, cloud: MicrosoftCloud): string {
  const { center, path } = pages[page]
  return `${centers[cloud][center]}${path}`
}
