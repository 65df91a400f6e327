import { publicPaths } from '../../../model/addresses.ts'

/** Where Graph posts to. */
export const microsoftPushAddress = (pushUrl: string): string => pushUrl + publicPaths.microsoftPush

/** The same for one connection, so that its subscriptions can be told from those of others in the list of an app. Names nobody who could not be named. */
export function connectionPushAddress(pushUrl: string, connectionId: string): string {
  return `${microsoftPushAddress(pushUrl)}?connection=${encodeURIComponent(connectionId)}`
}
