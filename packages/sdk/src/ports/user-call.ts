/** On behalf of whom a vendor is called. */
export interface UserCall {
  readonly accessToken: string
}
