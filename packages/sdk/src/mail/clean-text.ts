/** Without U+0000 and lone surrogates, which databases refuse. */
export const cleanText = (text: string): string => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD')

/** One line of text: besides that without control characters and line ends, which encoded words can carry into headers. */
export const cleanLine = (text: string): string =>
  cleanText(text)
    .replace(/[\x01-\x1f\x7f-\x9f\u2028\u2029]/g, ' ')
    .trim()
