import type { MemberId, PlainDay } from '#shared/lib/brand.ts';
import { daysBetween } from '#shared/lib/plain-day.ts';
import type { Database } from '../database.ts';
import type { SliceParts } from '../give-way.ts';
import { answerOf, nativeOf } from '../native.ts';
import type { AliasRow, EventRow } from '../rows.ts';
import type { FactStore } from './fact-store.ts';

export interface ReadDeps extends SliceParts {
  readonly database: Database;
}

export interface ReadProgress {
  readonly events: number;
  /** 0 to 1. */
  readonly part: number;
}

/**
 * The ledger is in the order of its commits, which is the order of the days but for a clock that was wrong: so many events
 * in a row that lie before the first day, and no more of the period is expected.
 */
const OLDER_IN_A_ROW = 5000;

/**
 * Reads the ledger's end backwards, slice by slice, until the first day is behind. Only what was there at the beginning; a
 * stamp that is given meanwhile waits for one slice at most.
 */
export async function readFacts(
  deps: ReadDeps,
  request: { readonly facts: FactStore; readonly from: PlainDay; readonly to: PlainDay },
  report: (progress: ReadProgress) => void,
): Promise<number> {
  const { facts, from, to } = request;
  const [newest, canonicals] = await Promise.all([newestN(deps.database), readCanonicals(deps.database)]);
  const span = Math.max(1, daysBetween({ from, to }));
  let events = 0;
  let older = 0;
  for (let above = newest; above > 0 && older < OLDER_IN_A_ROW;) {
    const below = Math.max(0, above - deps.pacer.rows());
    const startedAt = deps.steadyNow();
    const rows = await readRows(deps.database, { below, above });
    for (const event of rows.toReversed()) {
      // Who was merged is played as one.
      const canonical = event.member && canonicals.get(event.member);
      facts.add(canonical === undefined ? event : { ...event, member: canonical });
      older = event.day < from ? older + 1 : 0;
    }
    deps.pacer.measured({ rows: above - below, durationMs: deps.steadyNow() - startedAt });
    above = below;
    events += rows.length;
    const days = rows[0] ? daysBetween({ from: rows[0].day, to }) / span : 0;
    report({ events, part: Math.min(1, Math.max(days, (newest - above) / newest)) });
    const restMs = deps.pacer.restMs();
    if (restMs > 0) await deps.sleep(restMs);
  }
  return events;
}

async function readCanonicals(database: Database): Promise<ReadonlyMap<MemberId, MemberId>> {
  const store = nativeOf(database).transaction('aliases', 'readonly').objectStore('aliases');
  const rows = await answerOf(store.getAll() as IDBRequest<AliasRow[]>);
  return new Map(rows.map(({ member, canonical }) => [member, canonical]));
}

const eventsOf = (database: Database): IDBObjectStore =>
  nativeOf(database).transaction('events', 'readonly').objectStore('events');

async function newestN(database: Database): Promise<number> {
  const cursor = await answerOf(eventsOf(database).openKeyCursor(null, 'prev'));
  return (cursor?.primaryKey as number | undefined) ?? 0;
}

async function readRows(
  database: Database,
  { below, above }: { readonly below: number; readonly above: number },
): Promise<EventRow[]> {
  const range = IDBKeyRange.bound(below, above, true, false);
  return await answerOf(eventsOf(database).getAll(range) as IDBRequest<EventRow[]>);
}
