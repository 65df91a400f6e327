import type { GoogleService } from '@tenantry/sdk/model'
import type { GoogleSetupStatus, MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import type { ProviderApp } from './oauth/use-provider-connection.ts'
import { useGoogleApp } from './use-google-app.ts'
import { useMicrosoftApp } from './use-microsoft-app.ts'

/** The tenant's Google app, as one of its services needs it. */
export function useGoogleProviderApp(service: GoogleService): ProviderApp<GoogleSetupStatus> {
  const query = useGoogleApp()
  return {
    query,
    isMissing: (query.data?.missingFor[service].length ?? 0) > 0,
    canSetUp: query.data?.permissions.save ?? false,
    missingCode: 'google_not_configured',
  }
}

/** The tenant's Microsoft app. */
export function useMicrosoftProviderApp(): ProviderApp<MicrosoftSetupStatus> {
  const query = useMicrosoftApp()
  return {
    query,
    isMissing: (query.data?.missing.length ?? 0) > 0,
    canSetUp: query.data?.permissions.save ?? false,
    missingCode: 'microsoft_not_configured',
  }
}
