import { coverOf, isAboutClosing, isCovered, type WaitingDay } from '#shared/domain/day-close.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { answerOf } from '../native.ts';
import type { EventRow, MetaRow } from '../rows.ts';
import { inSlices, openRead, readDayRows, type ClosingNotes, type DayReads } from './day-rows.ts';
import { newestN } from './read-queue.ts';

/**
 * Which days wait for a close, and which closed ones got something later.
 *
 * A day that was never closed is counted by its index. A closed one is looked at only when something of it was written
 * since the last look, or when one more close of it came: that is what the note in `meta` is for. It can be lost; then every
 * closed day is looked at once.
 */
interface Looked {
  /** Ledger position up to which everything was looked at. */
  readonly upTo: number;
  /** How often each day was closed then. */
  readonly closes: Readonly<Record<string, number>>;
  /** Events that no close covered then, by day. */
  readonly late: Readonly<Record<string, number>>;
}

const LOOKED_KEY = 'dayLook';
const NEVER: Looked = { upTo: 0, closes: {}, late: {} };

export async function readWaitingDays(
  reads: DayReads,
  notes: ClosingNotes,
  report: (part: number) => void = () => undefined,
): Promise<readonly WaitingDay[]> {
  const open = await readOpenDays(reads, notes);
  const late = await readLateDays(reads, notes, report);
  return [...open, ...late];
}

async function readOpenDays({ database }: DayReads, notes: ClosingNotes): Promise<WaitingDay[]> {
  const index = openRead(database, 'events').objectStore('events').index('day');
  const days = (await uniqueKeys(index)).filter((day) => !notes.closes.has(day));
  const counts = await Promise.all(days.map(async (day) => await answerOf(index.count(day))));
  return days.flatMap((day, at) => {
    const events = (counts[at] ?? 0) - (notes.notesOn.get(day) ?? 0);
    return events > 0 ? [{ day, events, closes: 0 }] : [];
  });
}

async function uniqueKeys(index: IDBIndex): Promise<PlainDay[]> {
  const found: PlainDay[] = [];
  await new Promise<void>((resolve, reject) => {
    const request = index.openKeyCursor(null, 'nextunique');
    request.addEventListener('error', () => reject(request.error ?? new Error('request failed')));
    request.addEventListener('success', () => {
      const cursor = request.result;
      if (!cursor) return resolve();
      found.push(cursor.key as PlainDay);
      cursor.continue();
    });
  });
  return found;
}

async function readLateDays(
  reads: DayReads,
  notes: ClosingNotes,
  report: (part: number) => void,
): Promise<WaitingDay[]> {
  const { database } = reads;
  const before = ((await database.meta.get(LOOKED_KEY))?.value as Looked | undefined) ?? NEVER;
  const newest = await newestN(reads);
  const touched = notes.closes.size === 0 ? new Set<string>() : await daysSince(reads, before.upTo, newest);
  const days = [...notes.closes.keys()].filter(
    (day) => touched.has(day) || before.closes[day] !== notes.closes.get(day)?.length,
  );
  const late = new Map(Object.entries(before.late));
  for (const [at, day] of days.entries()) {
    const rows = await readDayRows(reads, day);
    const count = lateOf(rows, notes, day).length;
    if (count === 0) late.delete(day);
    else late.set(day, count);
    report((at + 1) / days.length);
  }
  const closes = Object.fromEntries([...notes.closes].map(([day, all]) => [day, all.length]));
  const looked: Looked = { upTo: newest, closes, late: Object.fromEntries(late) };
  if (newest !== before.upTo) await keep(reads, looked);
  return [...late].map(([day, events]) => ({
    day: day as PlainDay,
    events,
    closes: notes.closes.get(day as PlainDay)?.length ?? 0,
  }));
}

/** Events of a closed day that none of its closes covers. */
export function lateOf(rows: readonly EventRow[], notes: ClosingNotes, day: PlainDay): readonly EventRow[] {
  const cover = coverOf((notes.closes.get(day) ?? []).map(({ data }) => data));
  return rows.filter((row) => !isAboutClosing(row) && !isCovered(cover, row));
}

/** Days of which something was written behind `from`, up to `to`. */
async function daysSince(reads: DayReads, from: number, to: number): Promise<ReadonlySet<string>> {
  const days = new Set<string>();
  await inSlices(reads, to - from, async (first, last) => {
    const range = IDBKeyRange.bound(from + first + 1, from + last);
    const store = openRead(reads.database, 'events').objectStore('events');
    for (const { day } of await answerOf(store.getAll(range) as IDBRequest<EventRow[]>)) days.add(day);
  });
  return days;
}

/** Without it the next look reads more; so a full disk is no reason to show nothing. */
async function keep({ database }: DayReads, looked: Looked): Promise<void> {
  try {
    await database.meta.put({ key: LOOKED_KEY, value: looked } satisfies MetaRow);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'QuotaExceededError') throw error;
  }
}
