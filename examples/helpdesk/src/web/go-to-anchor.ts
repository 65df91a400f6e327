/** Goes to what a hash names, for the eye and for the keyboard; nothing when the page has no such thing. */
export function goToAnchor(hash: string): void {
  const target = hash === '' ? null : document.getElementById(hash.slice(1))
  if (target === null) return
  target.tabIndex = -1
  target.focus({ preventScroll: true })
  target.scrollIntoView()
}
