const IN_APP =
  /\b(FBAN|FBAV|FB_IAB|Instagram|Line\/|MicroMessenger|Twitter|LinkedInApp|Snapchat|Pinterest|TikTok|musical_ly|BytedanceWebview)|; wv\)/

/** Whether a user agent is an app's own browser, in which Google refuses to sign people in. */
export function isInAppBrowser(userAgent: string): boolean {
  if (IN_APP.test(userAgent)) return true
  // On iOS a web view names WebKit but, unlike every browser there, not Safari.
  return /\b(iPhone|iPad|iPod)\b/.test(userAgent) && userAgent.includes('AppleWebKit') && !userAgent.includes('Safari/')
}
