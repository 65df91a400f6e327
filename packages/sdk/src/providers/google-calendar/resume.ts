import * as z from 'zod/mini'

/** How far a listing got. */
export interface Resume {
  readonly pageToken: string | null
  readonly pages: number
}

const schema = z.object({ pageToken: z.string(), pages: z.number() })
const beginning: Resume = { pageToken: null, pages: 0 }

export function writeResume(resume: Resume): string {
  return JSON.stringify(resume)
}

/** What cannot be read begins again: what a listing tells twice is kept once. */
export function readResume(resume: string | null): Resume {
  if (resume === null || resume === '') return beginning
  try {
    return schema.parse(JSON.parse(resume))
  } catch {
    return beginning
  }
}
