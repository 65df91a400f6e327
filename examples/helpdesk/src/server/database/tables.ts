import type { CalendarEvent, CalendarMoment } from '@tenantry/sdk'
import { sql } from 'kysely'
import type { ColumnType, GeneratedAlways, Kysely, Selectable, Transaction } from 'kysely'

export type HelpdeskTables = {
  helpdesk_messages: MessageTable
  helpdesk_calendar_events: CalendarEventTable
  helpdesk_revisions: RevisionTable
}

/** Mails and their answers; those of one ticket carry the id of the mail that opened it. */
interface MessageTable {
  tenant_id: string
  /** Of the event that brought it, or the idempotency key that it was sent under. */
  id: string
  ticket_id: string
  mailbox: string
  /** Sent from the helpdesk. */
  own: boolean
  author_name: string
  author_address: string
  /** Where its author wants answers; empty for the helpdesk's own. */
  answer_to: string
  subject: string
  text: string
  /** With angle brackets, as the author's server wrote it. */
  message_id: string | null
  sent_at: Date
  /** In the order in which the helpdesk came to know them: servers round their times, and what was read before an answer stays before it. */
  position: GeneratedAlways<number>
}

/** Events as they were told: single ones, series, and those instances of series that were changed, moved or cancelled. */
interface CalendarEventTable {
  tenant_id: string
  connection_id: string
  calendar_id: string
  event_id: string
  series_id: string | null
  event: Json<CalendarEvent>
  /** `null` for a series and its instances, which are always looked at together. */
  starts_at: Date | null
  ends_at: Date | null
  /** It exists no longer, and stays for a day only to be shown as cancelled. */
  gone: boolean
  /** The last change was written here, not by somebody in Google. */
  own: boolean
  /** Came in live, and has not changed since. */
  is_new: boolean
  /** Where the last live change moved it from; for a series, where its first instance was. */
  moved_from: Json<CalendarMoment | null>
  /** Of the last live change; `null` for what the first import brought. */
  changed_at: Date | null
}

/** Counts what pages show, so that they know when to look again. */
interface RevisionTable {
  tenant_id: string
  revision: number
}

/** Written as text, read as what it says. */
type Json<Value> = ColumnType<Value, string | Extract<Value, null>, string | Extract<Value, null>>

export type MessageRow = Selectable<MessageTable>

export type CalendarEventRow = Selectable<CalendarEventTable>

export type HelpdeskDatabase = Kysely<HelpdeskTables>

/** What an event handler writes in. */
export type HelpdeskTransaction = Transaction<HelpdeskTables>

/** Makes the helpdesk's own tables, beside Tenantry's, when they are absent. */
export async function createTables(database: HelpdeskDatabase): Promise<void> {
  await sql`create table if not exists helpdesk_messages (
    tenant_id text not null, id text not null, ticket_id text not null, mailbox text not null, own boolean not null,
    author_name text not null, author_address text not null, answer_to text not null, subject text not null, text text not null,
    message_id text, sent_at timestamptz not null, position integer generated always as identity, primary key (tenant_id, id))`.execute(
    database,
  )
  await sql`create index if not exists helpdesk_messages_ticket on helpdesk_messages (tenant_id, ticket_id)`.execute(database)
  await sql`create index if not exists helpdesk_messages_message_id on helpdesk_messages (tenant_id, mailbox, message_id)`.execute(database)
  await sql`create table if not exists helpdesk_calendar_events (
    tenant_id text not null, connection_id text not null, calendar_id text not null, event_id text not null, series_id text,
    event jsonb not null, starts_at timestamptz, ends_at timestamptz, gone boolean not null, own boolean not null,
    is_new boolean not null, moved_from jsonb, changed_at timestamptz,
    primary key (tenant_id, connection_id, calendar_id, event_id))`.execute(database)
  await sql`create table if not exists helpdesk_revisions (tenant_id text primary key, revision integer not null)`.execute(database)
}
