// The place of a value; an address, a path, a name with points or underscores, a day, an id with a number in it.
const STANDING_APART = /\{\w+}|[\w.:@/-]*([@._/]|-\d)[\w.:@/-]*\w/g

/**
 * Words whose values, and what they quote of a vendor, keep their own direction on a page from right to left: between Unicode's isolates.
 * For text that is shown and takes no elements. Not for what is copied or only read out: the marks would stay in it, and nobody would
 * see the difference.
 */
export function isolate(words: string, dir: 'ltr' | 'rtl'): string {
  return dir === 'ltr' ? words : words.replaceAll(STANDING_APART, '\u2068$&\u2069')
}
