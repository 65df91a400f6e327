/** The JSON in which the token endpoint refuses. */
export function oauthError(status: number, error: string, description?: string): Response {
  return Response.json({ error, ...(description === undefined ? {} : { error_description: description }) }, { status })
}

export const EXPIRED_OR_REVOKED = 'Token has been expired or revoked.'
