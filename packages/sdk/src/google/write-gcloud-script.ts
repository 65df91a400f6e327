import type { GoogleService } from '../model/google-setup.ts'
import { testMessage } from '../providers/gmail/push/read-hint.ts'
import { quoteShell } from '../setup/quote-shell.ts'
import { gmailPublisher, publisherRole, shortName } from '../vendors/google/names.ts'
import type { GooglePushNames } from '../vendors/google/names.ts'

export interface ScriptInput {
  readonly projectId: string
  readonly names: GooglePushNames
  readonly pushAccount: string
  readonly services: readonly GoogleService[]
}

const apis: Readonly<Record<GoogleService, string>> = { gmail: 'gmail.googleapis.com', calendar: 'calendar-json.googleapis.com' }

/** What has to be enabled. */
export function apisOf(services: readonly GoogleService[]): string[] {
  return [...services.map((service) => apis[service]), 'pubsub.googleapis.com', 'iam.googleapis.com']
}

/**
 * A script for Cloud Shell that can be run any number of times: what is there is kept, and the push configuration is brought back to what it should
 * be. Source: cloud.google.com/sdk/gcloud/reference/pubsub, cloud.google.com/pubsub/docs/authenticate-push-subscriptions.
 */
export function writeGcloudScript({ projectId, names, pushAccount, services }: ScriptInput): string {
  const project = `--project=${quoteShell(projectId)}`
  const topic = quoteShell(shortName(names.topic))
  const subscription = quoteShell(shortName(names.subscription))
  const push = [
    `--push-endpoint=${quoteShell(names.endpoint)}`,
    `--push-auth-service-account=${quoteShell(pushAccount)}`,
    `--push-auth-token-audience=${quoteShell(names.audience)}`,
  ].join(' ')
  const keep = [
    '--expiration-period=never',
    '--ack-deadline=60',
    '--message-retention-duration=7d',
    '--min-retry-delay=10s',
    '--max-retry-delay=600s',
  ].join(' ')
  const [accountName = '', accountDomain] = pushAccount.split('@')
  const isOwnAccount = accountDomain === `${projectId}.iam.gserviceaccount.com`
  const agent = '"serviceAccount:service-${PROJECT_NUMBER}@gcp-sa-pubsub.iam.gserviceaccount.com"'
  const lines = [
    '# The APIs that are used',
    `gcloud services enable ${apisOf(services).map(quoteShell).join(' ')} ${project}`,
    '',
    '# The topic that Gmail publishes to',
    unless(`gcloud pubsub topics describe ${topic} ${project}`, `gcloud pubsub topics create ${topic} ${project}`),
    `gcloud pubsub topics add-iam-policy-binding ${topic} ${project} --member=${quoteShell(gmailPublisher)} --role=${quoteShell(publisherRole)} >/dev/null`,
    '',
    '# The account that signs the notifications, and Google’s own that signs for it in older projects',
    ...(isOwnAccount
      ? [
          unless(
            `gcloud iam service-accounts describe ${quoteShell(pushAccount)} ${project}`,
            `gcloud iam service-accounts create ${quoteShell(accountName)} ${project} --display-name=${quoteShell('Signs Gmail notifications')}`,
          ),
        ]
      : []),
    `PROJECT_NUMBER=$(gcloud projects describe ${quoteShell(projectId)} --format=${quoteShell('value(projectNumber)')})`,
    `gcloud beta services identity create --service=${quoteShell('pubsub.googleapis.com')} ${project}`,
    `gcloud iam service-accounts add-iam-policy-binding ${quoteShell(pushAccount)} ${project} --member=${agent} --role=${quoteShell('roles/iam.serviceAccountTokenCreator')} --condition=None >/dev/null`,
    '',
    '# The subscription that posts them',
    unless(
      `gcloud pubsub subscriptions describe ${subscription} ${project}`,
      `gcloud pubsub subscriptions create ${subscription} ${project} --topic=${topic} ${push} ${keep}`,
    ),
    `gcloud pubsub subscriptions update ${subscription} ${project} ${push} ${keep}`,
    '',
    '# A first notification, as a test',
    publishCommand(projectId, names.topic),
  ]
  // In parentheses, so that what fails ends the script and not the shell that it was pasted into.
  return `(\nset -eu\n\n${lines.join('\n')}\n)\n`
}

/** Publishes what the push door takes for a test, as one command. */
export function publishCommand(projectId: string, topic: string): string {
  return `gcloud pubsub topics publish ${quoteShell(shortName(topic))} --project=${quoteShell(projectId)} --message=${quoteShell(testMessage)}`
}

const unless = (isThere: string, create: string): string => `${isThere} >/dev/null 2>&1 || ${create}`
