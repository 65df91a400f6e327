import type { Context } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import type { OAuthApp } from '../vendors/vendor.ts'
import { isOnOwnApp, resolveApp } from './resolve-app.ts'

/** A sign-in, by a connection that has it. */
export interface SignIn {
  readonly connection: Connection
  /** The app that it was made with, where that is another than the tenant has by now. */
  readonly app: OAuthApp | null
}

/**
 * Whether another connection is of the same account, through an app that loses its access with this one: a vendor takes back all that an account
 * gave to an app. What cannot be told counts as shared.
 * @throws `unavailable`
 */
export async function sharesSignIn(context: Context, { connection, app }: SignIn, other: Connection): Promise<boolean> {
  const [its, others] = [context.providers.get(connection.provider), context.providers.get(other.provider)]
  const subject = connection.account?.subject
  if (its === undefined || others?.vendor.name !== its.vendor.name) return false
  if (subject === undefined || other.account?.subject !== subject) return false
  const onOwnApp = isOnOwnApp(its, connection.settings)
  if (app === null && its.service === others.service && onOwnApp === isOnOwnApp(others, other.settings)) return true
  try {
    const apps = await Promise.all([app ?? resolveApp(context, connection, its), resolveApp(context, other, others)])
    const [left, right] = apps.map((each) => its.vendor.granteeOf(each))
    return left === right
  } catch (error) {
    if (!isTenantryError(error) || error.code === 'unavailable') throw error
    return true
  }
}
