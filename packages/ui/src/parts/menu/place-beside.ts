const GAP = 4
const MARGIN = 8

/** Puts a fixed element under the end of another, above it where there is no room below, and always within the window. */
export function placeBeside(element: HTMLElement, anchor: HTMLElement, dir: 'ltr' | 'rtl'): void {
  const { innerWidth, innerHeight } = window
  const beside = anchor.getBoundingClientRect()
  const { width, height } = element.getBoundingClientRect()
  const below = beside.bottom + GAP
  const above = beside.top - GAP - height
  const top = below + height + MARGIN <= innerHeight || above < MARGIN ? below : above
  const left = dir === 'rtl' ? beside.left : beside.right - width
  // The CSSOM is open to us under a strict CSP, a style attribute is not.
  element.style.setProperty('top', `${clamp(top, MARGIN, innerHeight - MARGIN - height)}px`)
  element.style.setProperty('left', `${clamp(left, MARGIN, innerWidth - MARGIN - width)}px`)
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}
