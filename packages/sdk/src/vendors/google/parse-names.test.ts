import { describe, expect, it } from 'vitest'
import { isTenantryError } from '../../errors/index.ts'
import { parsePushAccount } from './parse-push-account.ts'
import { parseTopicName } from './parse-topic-name.ts'

const codeOf = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return isTenantryError(error) ? [error.code, error.field] : error
  }
}

describe('a topic’s name', () => {
  it.each([
    ['mail', 'mail'],
    ['  “mail-events”'.replace(/[“”]/g, '"'), 'mail-events'],
    ['A.b_c~d+e%f-1', 'A.b_c~d+e%f-1'],
    ['projects/acme-mail-1/topics/mail', 'mail'],
    ['\u200Bprojects/acme-mail-1/topics/mail\n', 'mail'],
    ['', null],
    ['   ', null],
    [`a${'b'.repeat(254)}`, `a${'b'.repeat(254)}`],
  ])('%j is %j', (input, name) => {
    expect(parseTopicName(input, 'acme-mail-1')).toBe(name)
  })

  it.each([
    'ab',
    '1mail',
    '-mail',
    'goog-mail',
    'GOOGmail',
    'mail events',
    'mail/events',
    'topics/mail',
    'projects/acme-mail-1/topics/',
    'projects/acme-mail-1/subscriptions/mail',
    'projects/acme-mail-1/topics/mail/x',
    `a${'b'.repeat(255)}`,
    'mail"; rm -rf /',
    "ma'il",
    'mail$(id)',
    'mäil',
  ])('%j is none', (input) => {
    expect(codeOf(() => parseTopicName(input, 'acme-mail-1'))).toEqual(['topic_invalid', 'topicName'])
  })

  it.each(['projects/other-project/topics/mail', 'projects/123456/topics/mail'])('%j is in another project', (input) => {
    expect(codeOf(() => parseTopicName(input, 'acme-mail-1'))).toEqual(['pubsub_project_mismatch', 'topicName'])
    expect(codeOf(() => parseTopicName(input, undefined))).toEqual(['pubsub_project_mismatch', 'topicName'])
  })
})

describe('the account that signs', () => {
  it.each([
    ['pusher@acme-mail-1.iam.gserviceaccount.com', 'pusher@acme-mail-1.iam.gserviceaccount.com'],
    [' serviceAccount:Pusher@acme-mail-1.iam.gserviceaccount.com', 'pusher@acme-mail-1.iam.gserviceaccount.com'],
    ['pusher@acme-mail-1.acme.test.iam.gserviceaccount.com', 'pusher@acme-mail-1.acme.test.iam.gserviceaccount.com'],
    ['', null],
  ])('%j is %j', (input, account) => {
    expect(parsePushAccount(input)).toBe(account)
  })

  it.each([
    'dana@acme.test',
    'pusher@acme-mail-1.iam.gserviceaccount.com.evil.test',
    'pusher@evil.test/.iam.gserviceaccount.com',
    'gmail-api-push@system.gserviceaccount.com',
    'service-123@gcp-sa-pubsub.iam.gserviceaccount.com',
    'agents@gcp-sa-pubsub.iam.gserviceaccount.com',
    '123-compute@developer.gserviceaccount.com',
    "pusher'@acme-mail-1.iam.gserviceaccount.com",
    'pusher@acme-mail-1.iam.gserviceaccount.com other@acme-mail-1.iam.gserviceaccount.com',
    '*',
  ])('%j is none', (input) => {
    expect(codeOf(() => parsePushAccount(input))).toEqual(['push_account_invalid', 'pushServiceAccount'])
  })
})
