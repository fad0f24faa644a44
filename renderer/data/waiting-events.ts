import type { SetAside } from '#shared/sync/sync-state.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { Database } from './database.ts';
import { withPlacesOf } from './place-runs.ts';
import type { EventRow } from './rows.ts';

/** What waits stands at the end of the ledger; this many rows are read at most, so a month offline costs no more. */
export const MOST_LOOKED_AT = 2000;

export interface UnsentKinds {
  /** Event types with how many of each, the most frequent first. */
  readonly kinds: readonly { readonly type: string; readonly count: number }[];
  /** How many were looked at: fewer than wait when very many do. */
  readonly counted: number;
}

/** By kind, the newest `unsent` events of this till's ledger that have no place in the shop's order and are not set aside. */
export async function readUnsentKinds(
  database: Database,
  { unsent, setAside }: { readonly unsent: number; readonly setAside: readonly SetAside[] },
): Promise<UnsentKinds> {
  const aside = new Set(setAside.map(({ id }) => id));
  const newest = await database.events.orderBy('n').reverse().limit(MOST_LOOKED_AT).toArray();
  const rows = await withPlacesOf(database, newest);
  const waiting = rows.filter(({ id, g }) => g === undefined && !aside.has(id)).slice(0, unsent);
  const counts = new Map<string, number>();
  for (const { type } of waiting) counts.set(type, (counts.get(type) ?? 0) + 1);
  const kinds = [...counts].map(([type, count]) => ({ type, count })).sort((a, b) => b.count - a.count);
  return { kinds, counted: waiting.length };
}

/** As it would be sent: without what only this disk knows. Undefined for one that is not here. */
export async function findSetAsideEvents(
  database: Database,
  setAside: readonly SetAside[],
): Promise<readonly (LedgerEvent | undefined)[]> {
  const ids = setAside.map(({ id }) => id);
  const rows = await database.events.where('id').anyOf(ids).toArray();
  const byId = new Map(rows.map((row) => [row.id as string, asSent(row)]));
  return ids.map((id) => byId.get(id));
}

function asSent({ n: _n, g: _g, ...event }: EventRow): LedgerEvent {
  return event;
}
