const invisible = /[\u0000-\u001F\u007F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2064\uFEFF]/g

/** What people paste, as they meant it: NFKC, without zero-width characters, surrounding space and quotes. */
export function cleanPaste(input: string): string {
  return input
    .replace(invisible, '')
    .normalize('NFKC')
    .replace(/^[\s"'`]+|[\s"'`]+$/g, '')
}

/** True when only mask characters were pasted: bullets, stars, dots. */
export function isMasked(input: string): boolean {
  const text = cleanPaste(input)
  return text.length > 0 && /^[*•●∙·⬤xX.…]+$/u.test(text)
}
