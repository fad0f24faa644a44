import type { DayCloseData } from '#shared/domain/day-close.ts';
import { readEvent, type EventData, type EventEnvelope } from '#shared/ledger/event.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import type { Database } from '../database.ts';
import type { SliceParts } from '../give-way.ts';
import { answerOf, nativeOf } from '../native.ts';
import { withPlaces } from '../place-runs.ts';
import type { EventRow } from '../rows.ts';
import { readMarks } from '../sync-marks.ts';

/** Reads of the end of a day, in slices: a stamp that is given meanwhile waits for one of them at most. */
export interface DayReads extends SliceParts {
  readonly database: Database;
}

const MOST_IN_A_SLICE = 500;

/** Runs `read` in slices of `total` things, `from` up to `to`, and gives way to the counter between them. */
export async function inSlices(
  { pacer, steadyNow, sleep }: DayReads,
  total: number,
  read: (from: number, to: number) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < total;) {
    const to = Math.min(total, from + Math.min(MOST_IN_A_SLICE, pacer.rows()));
    const startedAt = steadyNow();
    await read(from, to);
    pacer.measured({ rows: to - from, durationMs: steadyNow() - startedAt });
    from = to;
    const restMs = pacer.restMs();
    if (restMs > 0) await sleep(restMs);
  }
}

export const openRead = (database: Database, ...stores: string[]): IDBTransaction =>
  nativeOf(database).transaction(stores, 'readonly');

/** All events of a calendar day, in the shop's order; what has no place yet comes last, as this till committed it. */
export async function readDayRows(
  reads: DayReads,
  day: string,
  report: (part: number) => void = () => undefined,
): Promise<readonly EventRow[]> {
  const { database } = reads;
  const keys = openRead(database, 'events').objectStore('events').index('day').getAllKeys(day);
  const positions = (await answerOf(keys)) as number[];
  const rows: EventRow[] = [];
  await inSlices(reads, positions.length, async (from, to) => {
    rows.push(...(await readAt(database, positions.slice(from, to))));
    report(to / positions.length);
  });
  return rows.sort(inOrder);
}

/** One request where the day stands together, as it nearly always does; else one for each. */
async function readAt(database: Database, positions: readonly number[]): Promise<readonly EventRow[]> {
  const transaction = openRead(database, 'events', 'places');
  const events = transaction.objectStore('events');
  const [first = 0] = positions;
  const last = positions.at(-1) ?? 0;
  if (last - first + 1 === positions.length) {
    const range = IDBKeyRange.bound(first, last);
    return await withPlaces(transaction, await answerOf(events.getAll(range) as IDBRequest<EventRow[]>));
  }
  const rows = await Promise.all(
    positions.map((n) => answerOf(events.get(n) as IDBRequest<EventRow | undefined>)),
  );
  const known = rows.filter((row) => row !== undefined);
  return await withPlaces(transaction, known);
}

const LAST = Number.MAX_SAFE_INTEGER;
const inOrder = (a: EventRow, b: EventRow): number => (a.g ?? LAST) - (b.g ?? LAST) || a.n - b.n;

/** A close as it lies in the ledger. */
export type CloseRow = EventEnvelope & { readonly n: number; readonly data: DayCloseData };

export interface ClosingNotes {
  /** By day, in the shop's order. */
  readonly closes: ReadonlyMap<PlainDay, readonly CloseRow[]>;
  /** Notes about closing, by the day on which they were written: they are part of no day's business. */
  readonly notesOn: ReadonlyMap<string, number>;
  readonly exports: readonly (EventEnvelope & { readonly data: EventData<'export'> })[];
}

/** Every close and export there ever was: the index holds nothing else, so this is a few rows for each day. */
export async function readClosingNotes(database: Database): Promise<ClosingNotes> {
  const transaction = openRead(database, 'events', 'places');
  const index = transaction.objectStore('events').index('data.day');
  const found = await answerOf(index.getAll() as IDBRequest<EventRow[]>);
  const rows = (await withPlaces(transaction, found)).toSorted(inOrder);
  const closes = new Map<PlainDay, CloseRow[]>();
  const notesOn = new Map<string, number>();
  const exports: (EventEnvelope & { readonly data: EventData<'export'> })[] = [];
  for (const row of rows) {
    const known = readEvent(row);
    if (known?.type !== 'day-close' && known?.type !== 'export') continue;
    notesOn.set(row.day, (notesOn.get(row.day) ?? 0) + 1);
    if (known.type === 'export') {
      exports.push(known);
      continue;
    }
    const day = known.data.day as PlainDay;
    const before = closes.get(day) ?? [];
    before.push({ ...known, n: row.n });
    closes.set(day, before);
  }
  return { closes, notesOn, exports };
}

export const readSyncMarks = async (database: Database) => await readMarks(openRead(database, 'meta'));
