import * as z from 'zod/mini'
import { epochMs, uint64 } from './uint64.ts'

// Source of all: developers.google.com/workspace/gmail/api/reference/rest. Fields that we do not read are left out.
const id = z.string().check(z.minLength(1))
const labelIds = z._default(z.array(z.string()), [])
const nextPageToken = z.optional(z.string())

export const profile = z.object({ emailAddress: id, historyId: uint64 })

export const labelList = z.object({
  labels: z._default(z.array(z.object({ id, name: z.string(), type: z.enum(['system', 'user']) })), []),
})

export const watchAnswer = z.object({ historyId: uint64, expiration: epochMs })

export const historyEntry = z.object({ message: z.object({ id, threadId: id, labelIds }) })

const entries = z._default(z.array(historyEntry), [])

/** `labelIds` beside the message are those that it got or lost. */
const labelEntries = z._default(z.array(z.extend(historyEntry, { labelIds })), [])

/** `history` is absent when nothing happened. */
export const historyPage = z.object({
  historyId: uint64,
  nextPageToken,
  history: z._default(z.array(z.object({ messagesAdded: entries, labelsAdded: labelEntries, labelsRemoved: labelEntries })), []),
})

export const rawMessage = z.object({ id, threadId: id, labelIds, internalDate: epochMs, raw: z.string() })

/** `messages` is absent when none fits. */
export const messageList = z.object({ nextPageToken, messages: z._default(z.array(z.object({ id })), []) })

/** 204, or 200 with nothing to tell. */
export const nothing = z.optional(z.object({}))
