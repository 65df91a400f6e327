import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'

export type HelpdeskTables = {
  helpdesk_tickets: TicketTable
  helpdesk_on_call: ShiftTable
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

interface ShiftTable {
  tenant_id: string
  connection_id: string
  event_id: string
  title: string
  starts_at: Date
  ends_at: Date
  all_day: boolean
  cancelled: boolean
  /** Came in live, and has not changed since. */
  is_new: boolean
  /** Where a change that came in live moved it from. */
  moved_from: Date | null
  /** Of the last live change; `null` for what the first import brought. */
  changed_at: Date | null
}

/** Counts what pages show, so that they know when to look again. */
interface RevisionTable {
  tenant_id: string
  revision: number
}

export type HelpdeskDatabase = Kysely<HelpdeskTables>

/** What an event handler writes in. */
export type HelpdeskTransaction = Transaction<HelpdeskTables>

/** Makes the helpdesk's own tables, beside Tenantry's, when they are absent. */
export async function createTables(database: HelpdeskDatabase): Promise<void> {
  await sql`create table if not exists helpdesk_tickets (
    tenant_id text not null, event_id text not null, mailbox text not null, from_name text not null, from_address text not null,
    subject text not null, text text not null, received_at timestamptz not null, primary key (tenant_id, event_id))`.execute(database)
  await sql`create table if not exists helpdesk_on_call (
    tenant_id text not null, connection_id text not null, event_id text not null, title text not null, starts_at timestamptz not null,
    ends_at timestamptz not null, all_day boolean not null, cancelled boolean not null, is_new boolean not null, moved_from timestamptz, changed_at timestamptz,
    primary key (tenant_id, connection_id, event_id))`.execute(database)
  await sql`create table if not exists helpdesk_revisions (tenant_id text primary key, revision integer not null)`.execute(database)
}
