import type { TestNotification } from '@tenantry/sdk/wire'
import { useEffect, useState } from 'react'
import { useTenantry } from '../provider/tenantry-context.ts'
import { useFollowGoogleSetup } from './use-follow-google-setup.ts'
import { usePrivateMutation } from './use-private-mutation.ts'

const WAIT_MS = 30_000
/** Somebody has to open Cloud Shell and paste the command first. */
const WAIT_FOR_PERSON_MS = 300_000

/** The server notes arrivals so often at most: one right after another leaves no trace. */
const NOTED_EVERY_MS = 5_000

export interface NotificationTest {
  /** `silent`: nothing arrived in time; what arrives later is still told. */
  readonly state: 'idle' | 'sending' | 'waiting' | 'received' | 'silent'
  /** For Cloud Shell, when no mailbox is connected that Gmail could be asked about. */
  readonly command: string | null
  readonly error: Error | null
  /** Asks for a notification and waits for it: 30 s, or five minutes when a person sends it. */
  run(): Promise<void>
}

export interface NotificationTestOptions {
  /** From the setup's status, ISO 8601. */
  readonly lastReceivedAt: string | null
  /** Nobody has told the server yet which names to expect, as when they were made by hand. */
  readonly mustPrepare: boolean
}

/** Proves the pipe from Google to here: one notification is asked for, and the setup is read until it has arrived. */
export function useNotificationTest({ lastReceivedAt, mustPrepare }: NotificationTestOptions): NotificationTest {
  const { client, queryClient } = useTenantry()
  const [runs, setRuns] = useState(0)
  const [endedRun, setEndedRun] = useState(0)
  const send = usePrivateMutation<void, TestNotification>(
    async () => {
      const { provisioning } = mustPrepare ? await client.google.provision() : await client.google.status()
      const sent = await client.google.testNotification()
      if (!isJustBefore(provisioning?.lastReceivedAt ?? null, sent.requestedAt)) return sent
      await new Promise((resolve) => setTimeout(resolve, NOTED_EVERY_MS))
      return client.google.testNotification()
    },
    () => undefined,
    queryClient,
  )
  const sent = send.data
  const hasArrived = sent !== undefined && lastReceivedAt !== null && Date.parse(lastReceivedAt) >= Date.parse(sent.requestedAt)
  const isWaiting = sent !== undefined && !hasArrived && endedRun !== runs
  const waitMs = sent?.sent === false ? WAIT_FOR_PERSON_MS : WAIT_MS
  useEffect(() => {
    if (!isWaiting) return
    const timer = setTimeout(() => setEndedRun(runs), waitMs)
    return () => clearTimeout(timer)
  }, [isWaiting, runs, waitMs])
  useFollowGoogleSetup(isWaiting)
  return {
    state: send.isPending ? 'sending' : sent === undefined ? 'idle' : hasArrived ? 'received' : isWaiting ? 'waiting' : 'silent',
    command: sent?.sent === false ? sent.command : null,
    error: send.error,
    async run() {
      setRuns((last) => last + 1)
      await send.run()
    },
  }
}

function isJustBefore(lastReceivedAt: string | null, requestedAt: string): boolean {
  if (lastReceivedAt === null) return false
  const agoMs = Date.parse(requestedAt) - Date.parse(lastReceivedAt)
  return agoMs > 0 && agoMs < NOTED_EVERY_MS
}
