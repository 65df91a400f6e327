import type { ErrorCode } from '@tenantry/sdk/errors'
import { readProject } from './to-changes.ts'

// Source: cloud.google.com/pubsub/docs/pubsub-basics, "Guidelines to name a topic".
const NAME = /^(?!goog)[A-Za-z][\w.~+%-]{2,254}$/
const PATH = /^projects\/([^/]+)\/topics\/([^/]+)$/
const ACCOUNT = /^[a-z0-9-]{1,63}@[a-z0-9.-]+\.iam\.gserviceaccount\.com$/

/** What is wrong with a topic's name or full path; an empty one is ours. Gmail publishes only within the project of the OAuth client. */
export function checkTopicName(text: string, project: string): ErrorCode | null {
  const name = text.trim()
  if (name === '') return null
  const [, pathProject, pathName = name] = PATH.exec(name) ?? []
  if (!NAME.test(pathName)) return 'topic_invalid'
  return pathProject === undefined || pathProject === readProject(project) ? null : 'pubsub_project_mismatch'
}

/** What is wrong with the address of the account that signs notifications; an empty one is ours. */
export function checkPushAccount(text: string): ErrorCode | null {
  return text.trim() === '' || ACCOUNT.test(text.trim()) ? null : 'push_account_invalid'
}
