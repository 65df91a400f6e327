import type { CalendarEvent, CalendarMoment } from '@tenantry/sdk'
import { sql } from 'kysely'
import type { ColumnType, Kysely, Selectable, Transaction } from 'kysely'

export type HelpdeskTables = {
  helpdesk_tickets: TicketTable
  helpdesk_calendar_events: CalendarEventTable
  helpdesk_revisions: RevisionTable
}

interface TicketTable {
  tenant_id: string
  event_id: string
  mailbox: string
  from_name: string
  from_address: string
  subject: string
  text: string
  received_at: Date
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

export type CalendarEventRow = Selectable<CalendarEventTable>

export type HelpdeskDatabase = Kysely<HelpdeskTables>

/** What an event handler writes in. */
export type HelpdeskTransaction = Transaction<HelpdeskTables>

/** Makes the helpdesk's own tables, beside Tenantry's, when they are absent. */
export async function createTables(database: HelpdeskDatabase): Promise<void> {
  await sql`create table if not exists helpdesk_tickets (
    tenant_id text not null, event_id text not null, mailbox text not null, from_name text not null, from_address text not null,
    subject text not null, text text not null, received_at timestamptz not null, primary key (tenant_id, event_id))`.execute(database)
  await sql`create table if not exists helpdesk_calendar_events (
    tenant_id text not null, connection_id text not null, calendar_id text not null, event_id text not null, series_id text,
    event jsonb not null, starts_at timestamptz, ends_at timestamptz, gone boolean not null, own boolean not null,
    is_new boolean not null, moved_from jsonb, changed_at timestamptz,
    primary key (tenant_id, connection_id, calendar_id, event_id))`.execute(database)
  await sql`create table if not exists helpdesk_revisions (tenant_id text primary key, revision integer not null)`.execute(database)
}
