import { gmailPublisher, publisherRole, shortName } from '../vendors/google/names.ts'
import type { ScriptInput } from './write-gcloud-script.ts'
import { apisOf } from './write-gcloud-script.ts'

/**
 * The same set-up as the script's, as a Terraform configuration for those who keep their project in one. Source:
 * registry.terraform.io/providers/hashicorp/google/latest/docs/resources/pubsub_subscription.
 */
export function writeTerraform({ projectId, names, pushAccount, services }: ScriptInput): string {
  const [accountName = '', accountDomain] = pushAccount.split('@')
  const isOwnAccount = accountDomain === `${projectId}.iam.gserviceaccount.com`
  const account = isOwnAccount
    ? `
# Signs the notifications. Projects from before April 2021 also need roles/iam.serviceAccountTokenCreator on it for Pub/Sub's own account.
resource "google_service_account" "push" {
  account_id   = ${quote(accountName)}
  display_name = "Signs Gmail notifications"
  depends_on   = [google_project_service.used]
}
`
    : ''
  return `provider "google" {
  project = ${quote(projectId)}
}

resource "google_project_service" "used" {
  for_each           = toset([${apisOf(services).map(quote).join(', ')}])
  service            = each.key
  disable_on_destroy = false
}

# The topic that Gmail publishes to
resource "google_pubsub_topic" "gmail" {
  name       = ${quote(shortName(names.topic))}
  depends_on = [google_project_service.used]
}

resource "google_pubsub_topic_iam_member" "gmail" {
  topic  = google_pubsub_topic.gmail.name
  role   = ${quote(publisherRole)}
  member = ${quote(gmailPublisher)}
}
${account}
# The subscription that posts them
resource "google_pubsub_subscription" "gmail" {
  name                       = ${quote(shortName(names.subscription))}
  topic                      = google_pubsub_topic.gmail.id
  ack_deadline_seconds       = 60
  message_retention_duration = "604800s"

  # Never
  expiration_policy {
    ttl = ""
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  push_config {
    push_endpoint = ${quote(names.endpoint)}

    oidc_token {
      service_account_email = ${isOwnAccount ? 'google_service_account.push.email' : quote(pushAccount)}
      audience              = ${quote(names.audience)}
    }
  }
}
`
}

/** A quoted template without templates, whatever is in it. Source: developer.hashicorp.com/terraform/language/expressions/strings. */
function quote(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1)
  // By functions, because `$$` in a replacement's text means one `$`.
  return `"${escaped.replaceAll('${', () => '$${').replaceAll('%{', () => '%%{')}"`
}
