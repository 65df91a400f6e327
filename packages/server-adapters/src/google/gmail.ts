import { ProviderRefusal } from '@tenantry/sdk/errors'
import { maxGmailMessageBytes } from '@tenantry/sdk/ports'
import type { GmailGateway, GmailMessageRef } from '@tenantry/sdk/ports'
import type * as z from 'zod/mini'
import type { RestRequest } from '../rest/create-request.ts'
import { decodeRaw } from './decode-raw.ts'
import type { historyEntry } from './gmail-answers.ts'
import { historyPage, labelList, messageList, nothing, profile, rawMessage, watchAnswer } from './gmail-answers.ts'
import { path } from '../rest/path.ts'
import { resourcePath } from './resource-path.ts'

const mebibyte = 1024 * 1024
const pageCap = 8 * mebibyte
/** The largest message in base64, and room for the rest of the answer. */
const rawCap = Math.ceil((maxGmailMessageBytes * 4) / 3) + 64 * 1024
/** A message that large needs 2 MB/s to come in within a minute. */
const rawPatience = 6
const pageSize = 500

/** The Gmail API. Source: developers.google.com/workspace/gmail/api/reference/rest. */
export function createGmail(request: RestRequest, endpoint: string): GmailGateway {
  const me = `${endpoint}/gmail/v1/users/me`

  return {
    getProfile: ({ accessToken }) => request({ operation: 'gmail.profile.get', method: 'GET', url: `${me}/profile`, accessToken }, profile),

    listLabels: async ({ accessToken }) =>
      (await request({ operation: 'gmail.labels.list', method: 'GET', url: `${me}/labels`, accessToken, capBytes: pageCap }, labelList))
        .labels,

    async watch({ accessToken }, { topicName, labelIds, labelFilterBehavior }) {
      resourcePath('topics', topicName)
      const body = {
        topicName,
        ...(labelIds !== undefined && { labelIds }),
        ...(labelFilterBehavior !== undefined && { labelFilterBehavior }),
      }
      const answer = await request({ operation: 'gmail.watch', method: 'POST', url: `${me}/watch`, accessToken, body }, watchAnswer)
      return { historyId: answer.historyId, expiresAt: answer.expiration }
    },

    async stop({ accessToken }) {
      await request({ operation: 'gmail.stop', method: 'POST', url: `${me}/stop`, accessToken }, nothing)
    },

    async listHistory({ accessToken }, { startHistoryId, labelId, pageToken, maxResults = pageSize }) {
      const query = { startHistoryId, historyTypes: ['messageAdded', 'labelAdded', 'labelRemoved'], labelId, pageToken, maxResults }
      const page = await request(
        { operation: 'gmail.history.list', method: 'GET', url: `${me}/history`, query, accessToken, capBytes: pageCap },
        historyPage,
      )
      return {
        historyId: page.historyId,
        nextPageToken: page.nextPageToken ?? null,
        added: page.history.flatMap(({ messagesAdded }) => messagesAdded.map(describeRef)),
        relabelled: page.history.flatMap(({ labelsAdded, labelsRemoved }) => [
          ...labelsAdded.map((entry) => ({ ...describeRef(entry), addedLabelIds: entry.labelIds, removedLabelIds: [] })),
          ...labelsRemoved.map((entry) => ({ ...describeRef(entry), addedLabelIds: [], removedLabelIds: entry.labelIds })),
        ]),
      }
    },

    async getMessage({ accessToken }, id) {
      const operation = 'gmail.messages.get'
      const url = me + path`/messages/${id}`
      const refuse = (reason: string) => new ProviderRefusal({ vendor: 'google', operation, httpStatus: 200, reason })
      const message = await request(
        { operation, method: 'GET', url, query: { format: 'raw' }, accessToken, capBytes: rawCap, patience: rawPatience },
        rawMessage,
      )
      const raw = decodeRaw(message.raw)
      if (raw === null) throw refuse('unexpected_answer')
      if (raw.length > maxGmailMessageBytes) throw refuse('answer_too_large')
      return { ...message, raw }
    },

    async listMessages({ accessToken }, { query: q, labelIds, pageToken }) {
      const query = { q, labelIds, pageToken, maxResults: pageSize }
      const page = await request(
        { operation: 'gmail.messages.list', method: 'GET', url: `${me}/messages`, query, accessToken, capBytes: pageCap },
        messageList,
      )
      return { ids: page.messages.map(({ id }) => id), nextPageToken: page.nextPageToken ?? null }
    },
  }
}

function describeRef({ message }: z.infer<typeof historyEntry>): GmailMessageRef {
  return { messageId: message.id, threadId: message.threadId, labelIds: message.labelIds }
}
