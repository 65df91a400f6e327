import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface StoredMail {
  readonly raw: Uint8Array
  readonly seen: boolean
}

/** What lies in a folder of a Maildir, in the order of its coming. */
export async function readMaildir(maildir: string, folder: string): Promise<readonly StoredMail[]> {
  const path = folder === 'INBOX' ? maildir : join(maildir, `.${folder}`)
  const mails: (StoredMail & { readonly name: string })[] = []
  for (const part of ['cur', 'new']) {
    const names = existsSync(join(path, part)) ? await readdir(join(path, part)) : []
    for (const name of names) {
      mails.push({ name, raw: await readFile(join(path, part, name)), seen: /:2,\w*S/.test(name) })
    }
  }
  // Names begin with the time, then M and microseconds.
  const orderOf = (name: string) =>
    name.replace(/^(\d+)\.M(\d+).*$/, (_, seconds: string, micros: string) => seconds + micros.padStart(6, '0'))
  return mails.toSorted((left, right) => orderOf(left.name).localeCompare(orderOf(right.name))).map(({ raw, seen }) => ({ raw, seen }))
}
