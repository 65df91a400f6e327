const invisible = /[\u0000-\u001F\u007F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2064\uFEFF]/g
const around = /[\s"'`]/

/** Nothing that is pasted by hand is longer; the time that NFKC takes grows with the square of what somebody made up. */
const longest = 8192

/** What people paste, as they meant it: NFKC, without zero-width characters, surrounding space and quotes. What is far too long stays as it is. */
export function cleanPaste(input: string): string {
  if (input.length > longest) return input
  const text = input.replace(invisible, '').normalize('NFKC')
  let from = 0
  let to = text.length
  while (from < to && around.test(text.charAt(from))) from += 1
  while (to > from && around.test(text.charAt(to - 1))) to -= 1
  return text.slice(from, to)
}

/** True when only mask characters were pasted: bullets, stars, dots. */
export function isMasked(input: string): boolean {
  const text = cleanPaste(input)
  return text.length > 0 && /^[*•●∙·⬤xX.…]+$/u.test(text)
}
