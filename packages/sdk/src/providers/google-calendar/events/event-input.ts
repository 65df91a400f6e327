import * as z from 'zod/mini'
import { TenantryError } from '../../../errors/index.ts'
import { parseInput } from './parse-input.ts'

/**
 * When an event begins or ends: a whole day; an instant (RFC 3339 with its offset); or a wall-clock time, `YYYY-MM-DDTHH:mm:ss`, in an
 * IANA time zone. A wall-clock time that a zone skips is moved forward, of one that it has twice the first is meant. A zone may stand
 * beside an offset too: a series needs one. The end of whole days is the day after the last.
 */
export type EventTimeInput =
  | { readonly date: string; readonly dateTime?: undefined; readonly timeZone?: undefined }
  | { readonly dateTime: string; readonly timeZone?: string | undefined; readonly date?: undefined }

export interface AttendeeInput {
  readonly address: string
  readonly name?: string | undefined
  /** May stay away; default false. */
  readonly optional?: boolean | undefined
}

export interface EventInput {
  /** 1 to 1024 characters. */
  readonly title: string
  readonly start: EventTimeInput
  readonly end: EventTimeInput
  /** At most 8192 characters; Google shows it as HTML. */
  readonly description?: string | undefined
  /** At most 1024 characters. */
  readonly location?: string | undefined
  /** At most 200, each address once. */
  readonly attendees?: readonly (string | AttendeeInput)[] | undefined
  /** Makes it a series: 1 to 20 RRULE, RDATE, EXRULE and EXDATE lines (RFC 5545). */
  readonly recurrence?: readonly string[] | undefined
  /** Default `busy`. */
  readonly shownAs?: 'busy' | 'free' | undefined
  /** Default `confirmed`. */
  readonly status?: 'confirmed' | 'tentative' | undefined
}

/** What is not named stays; `null` removes. */
export type EventChanges = Partial<Omit<EventInput, 'description' | 'location'>> & {
  readonly description?: string | null | undefined
  readonly location?: string | null | undefined
  /** The whole list; who stays keeps the answer that was given. */
  readonly attendees?: EventInput['attendees']
}

const line = (most: number) => z.string().check(z.maxLength(most), z.regex(/^[^\p{Cc}\p{Cs}]*$/u))
const visible = z.regex(/\S/)
const address = z.string().check(z.maxLength(320), z.regex(/^[^\s@<>()[\]\\,;:"\p{Cc}\p{Cs}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}\p{Cs}]+$/u))
const time = z.strictObject({
  date: z.optional(z.string().check(z.maxLength(10))),
  dateTime: z.optional(z.string().check(z.maxLength(40))),
  timeZone: z.optional(z.string().check(z.maxLength(64))),
})
const attendee = z.strictObject({ address, name: z.optional(line(256).check(visible)), optional: z.optional(z.boolean()) })
const rule = z
  .string()
  .check(
    z.maxLength(1024),
    z.regex(
      /^(?:(?:EXRULE|RRULE):(?=(?:.*;)?FREQ=(?:SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|$))|(?:RDATE|EXDATE)[;:])[\x20-\x7E]+$/,
    ),
  )

const title = line(1024).check(visible)
const description = z.string().check(z.maxLength(8192), z.regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u))
const location = line(1024)
const rest = {
  attendees: z.optional(z.array(z.union([address, attendee])).check(z.maxLength(200), z.refine(eachOnce))),
  recurrence: z.optional(
    z.array(rule).check(
      z.maxLength(20),
      z.refine((lines) => lines.some((text) => /^(RRULE|RDATE)/.test(text))),
    ),
  ),
  shownAs: z.optional(z.enum(['busy', 'free'])),
  status: z.optional(z.enum(['confirmed', 'tentative'])),
}

const inputSchema = z.strictObject({
  title,
  start: time,
  end: time,
  description: z.optional(description),
  location: z.optional(location),
  ...rest,
})

const changesSchema = z.strictObject({
  title: z.optional(title),
  start: z.optional(time),
  end: z.optional(time),
  description: z.optional(z.nullable(description)),
  location: z.optional(z.nullable(location)),
  ...rest,
})

export type ParsedChanges = z.infer<typeof changesSchema>

/** @throws `invalid_input` with the fields */
export function parseEventInput(input: unknown): ParsedChanges {
  return parseInput(inputSchema, input, 'event')
}

/** @throws `invalid_input` with the fields */
export function parseEventChanges(input: unknown): ParsedChanges {
  const changes = parseInput(changesSchema, input, 'changes')
  if (Object.values(changes).every((value) => value === undefined)) throw new TenantryError('invalid_input', { field: 'changes' })
  return changes
}

function eachOnce(attendees: readonly (string | { address: string })[]): boolean {
  const addresses = attendees.map((one) => (typeof one === 'string' ? one : one.address).toLowerCase())
  return new Set(addresses).size === addresses.length
}
