import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { Held } from '#shared/sync/sync-state.ts';
import type { EventRow } from './rows.ts';

/** The event as it was sealed, and as it is sent: without what only this disk knows of it. */
export function eventOf(row: EventRow): LedgerEvent {
  const { n: _n, g: _g, ...event } = row;
  return event;
}

export const heldOf = (row: EventRow): Held<LedgerEvent> => ({
  n: row.n,
  g: row.g ?? null,
  event: eventOf(row),
});
