import { readGuid } from '../model/guid.ts'
import { quoteShell as quote } from '../setup/quote-shell.ts'
import { graphApi } from '../vendors/microsoft/permissions.ts'

export interface AzureScriptInput {
  /** Of the app, where it is not there yet. */
  readonly name: string
  readonly redirectUri: string
  /** As saved; a GUID is held against the directory that the shell is signed in to. */
  readonly directoryId: string | null
  /** Of the app that was saved; `null`: the one of that name. */
  readonly clientId: string | null
  readonly delegated: readonly string[]
  readonly application: readonly string[]
}

/**
 * A script for Azure Cloud Shell that can be run any number of times: what is there is kept, and what is missing is added. Permissions are looked up by
 * name, because their ids differ from cloud to cloud. Source: learn.microsoft.com/cli/azure/ad/app.
 */
export function writeAzureScript({ name, redirectUri, directoryId, clientId, delegated, application }: AzureScriptInput): string {
  const filter = quote(`displayName eq '${name.replaceAll("'", "''")}'`)
  const directory = directoryId === null ? null : readGuid(directoryId)
  const lines = [
    'DIRECTORY=$(az account show --query tenantId --output tsv)',
    ...(directory === null
      ? []
      : [`[ "$DIRECTORY" = ${quote(directory)} ] || { echo ${quote(`Sign in first: az login --tenant ${directory}`)} >&2; exit 1; }`]),
    '',
    '# The app, for accounts of this directory alone',
    ...(clientId === null
      ? [
          `APP=$(az ad app list --filter ${filter} --query ${quote('[0].appId')} --output tsv)`,
          `[ -n "$APP" ] || APP=$(az ad app create --display-name ${quote(name)} --sign-in-audience AzureADMyOrg --query appId --output tsv)`,
        ]
      : [`APP=${quote(clientId)}`]),
    'az ad sp show --id "$APP" >/dev/null 2>&1 || az ad sp create --id "$APP" >/dev/null',
    '',
    '# Where Microsoft sends people back to',
    `URIS=$(az ad app show --id "$APP" --query ${quote('web.redirectUris[]')} --output tsv)`,
    // Unquoted: one word for each address, none of which is a pattern then.
    `printf '%s\\n' "$URIS" | grep -Fxq -- ${quote(redirectUri)} || az ad app update --id "$APP" --web-redirect-uris $URIS ${quote(redirectUri)}`,
    '',
    '# What it may do',
    `GRAPH=${quote(graphApi.appId)}`,
    `HELD=$(az ad app permission list --id "$APP" --query ${quote('[].resourceAccess[].id')} --output tsv)`,
    'permit() {',
    `  ID=$(az ad sp show --id "$GRAPH" --query "$1[?value=='$2'].id | [0]" --output tsv)`,
    `  [ -n "$ID" ] || { echo "Microsoft Graph has no permission $2 here." >&2; exit 1; }`,
    `  printf '%s\\n' "$HELD" | grep -Fxq -- "$ID" || az ad app permission add --id "$APP" --api "$GRAPH" --api-permissions "$ID=$3" >/dev/null`,
    '}',
    ...delegated.map((permission) => `permit oauth2PermissionScopes ${quote(permission)} Scope`),
    ...application.map((permission) => `permit appRoles ${quote(permission)} Role`),
    '',
    '# A client secret for two years, if there is none',
    `if [ "$(az ad app credential list --id "$APP" --query ${quote('length(@)')} --output tsv)" = 0 ]; then`,
    `  SECRET=$(az ad app credential reset --id "$APP" --append --display-name ${quote(name)} --years 2 --query password --output tsv)`,
    'else',
    `  SECRET="(there is one; another comes with: az ad app credential reset --append --id $APP)"`,
    'fi',
    `ENDS=$(az ad app credential list --id "$APP" --query ${quote('max([].endDateTime)')} --output tsv)`,
    '',
    `printf '\\nDirectory (tenant) ID:    %s\\nApplication (client) ID:  %s\\nClient secret:            %s\\nThe secret ends on:       %s\\n' "$DIRECTORY" "$APP" "$SECRET" "$(printf '%s' "$ENDS" | cut -c1-10)"`,
  ]
  // In parentheses, so that what fails ends the script and not the shell that it was pasted into.
  return `(\nset -euf\n\n${lines.join('\n')}\n)\n`
}
