/** Microsoft's page for administrators, which asks for no person's sign-in. */
export const isAdminConsent = (authorizationUrl: string): boolean => new URL(authorizationUrl).pathname.endsWith('/adminconsent')
