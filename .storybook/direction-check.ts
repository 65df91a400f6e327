/** What is read from left to right in every language: addresses, ids, names at a vendor, days as a vendor writes them. */
const tokens = [
  /[\w.+-]+@[\w-]+\.[\w.-]*\w/,
  /\b[a-z]+:\/\/\S+/,
  /\S*\.googleusercontent\.com/,
  /\bprojects\/\S+/,
  /\bacme-mail-\d+/,
  /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-\S+/,
  /\bGOCSPX-/,
  /\b\d{4}-\d\d-\d\d/,
]

const isolated = /[\u2066-\u2068][^\u2069]*\u2069/g

/** Every token on a page from right to left that takes its direction from the sentence around it, and so may fall apart. */
export function findStrayTokens(page: HTMLElement): string[] {
  return [...page.querySelectorAll<HTMLElement>('.tn-root[dir="rtl"]')].flatMap((root) => [...strayTexts(root), ...strayInputs(root)])
}

function strayTexts(root: HTMLElement): string[] {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const stray: string[] = []
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode as Text
    if (parentElement !== null && holdsToken(data) && isShown(parentElement) && !isLeftToRight(parentElement)) stray.push(data)
  }
  return stray
}

function strayInputs(root: HTMLElement): string[] {
  const inputs = [
    ...root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input:not([type="radio"], [type="checkbox"]), textarea'),
  ]
  return inputs.filter((input) => !isLeftToRight(input)).flatMap(({ value, placeholder }) => [value, placeholder].filter(holdsToken))
}

function holdsToken(text: string): boolean {
  const rest = text.replaceAll(isolated, '')
  return tokens.some((token) => token.test(rest))
}

function isLeftToRight(element: Element): boolean {
  return getComputedStyle(element).direction === 'ltr'
}

// What is only read out has no places on the screen.
function isShown(element: Element): boolean {
  return element.closest('.tn-visually-hidden') === null
}
