const isolates = /[\u2066-\u2069]/g

/** Matches the innermost element that says this, also where a value in it stands in an element of its own or between isolates. */
export function saying(words: string | RegExp): (content: string, element: Element | null) => boolean {
  const says = (element: Element) => {
    const text = (element.textContent ?? '').replaceAll(isolates, '').replaceAll(/\s+/g, ' ').trim()
    return typeof words === 'string' ? text === words : words.test(text)
  }
  return (_, element) => element !== null && says(element) && ![...element.children].some(says)
}
