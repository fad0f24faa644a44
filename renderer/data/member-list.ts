import type { MemberId } from '#shared/lib/brand.ts';
import type { Database } from './database.ts';
import { readForgotten } from './forgotten-members.ts';
import { answerOf, nativeOf } from './native.ts';
import type { MemberRow } from './rows.ts';

/**
 * Long lists of members, of which a screen sees some thirty. Two ways to have an order without reading all rows:
 *
 *   by last visit   the index is the order. A walk leaves a bookmark at every thousandth place, so a jump to any place
 *                   is at most one step and one page away, and no row travels that nobody looks at.
 *   anything else   one scan in small slices keeps what sorts and filters, as sorted runs that are merged; rows are
 *                   read by their ids when they come into sight.
 *
 * Who was forgotten stands in neither. Every request is small and has a transaction of its own, so a punch or a lookup of another window waits for one slice
 * and never for the list.
 */

export interface MemberList {
  readonly count: number;
  /** Rows `start` to `end` (excluded); undefined where a member has gone since. At most {@link MAX_PAGE} of them. */
  rows(start: number, end: number): Promise<readonly (MemberRow | undefined)[]>;
}

/** More than a screen shows, few enough for one frame. */
export const MAX_PAGE = 100;
/** Index entries the engine steps over in one request, 1–5 ms; a lookup waits no longer than that. */
const STEP = 1000;
/** A getAll of 500 rows makes a lookup three times slower, of 20,000 a hundred times. */
const SLICE = 500;
/** Entries merged between two breaths of the page, about 1 ms. */
const MERGE_SLICE = 5000;

interface Place {
  readonly key: IDBValidKey;
  readonly primaryKey: IDBValidKey;
}

/** Who was here last comes first. @param until keeps only members whose last visit lies before it (milliseconds). */
export async function listByLastVisit(database: Database, until?: number): Promise<MemberList> {
  const openIndex = () =>
    nativeOf(database).transaction('members', 'readonly').objectStore('members').index('lastVisitAt');
  const range = until === undefined ? undefined : IDBKeyRange.upperBound(until, true);
  const rangeFrom = (place: Place | undefined) => (place ? IDBKeyRange.upperBound(place.key) : range);
  const forgotten = (await readForgotten(database)).filter(
    ({ lastVisitAt }) => until === undefined || lastVisitAt < until,
  );
  const hidden = new Set(forgotten.map(({ id }) => id));
  const hiddenPlaces = forgotten.map(({ lastVisitAt, id }) => ({ key: lastVisitAt, primaryKey: id }));
  /** `bookmarks[n]` is the place of row `n * STEP` of the index, hidden ones counted. */
  const bookmarks: Place[] = [];

  /**
   * The place of the member at `index` of those who are shown. As many places further as hidden ones were passed, until no
   * more are: each look goes on and never too far, so the first that agrees with itself is the one.
   */
  async function findShown(index: number): Promise<Place | undefined> {
    for (let at = index; ;) {
      const place = await findPlace(at);
      if (!place || hidden.size === 0) return place;
      const next = index + hiddenPlaces.filter((other) => !liesBefore(place, other)).length;
      if (next === at) return place;
      at = next;
    }
  }

  /** The place of row `index` of the index; undefined beyond the end. Steps over keys only: rows would have to travel. */
  async function findPlace(index: number): Promise<Place | undefined> {
    const nearest = Math.min(Math.floor(index / STEP), bookmarks.length - 1);
    const from = bookmarks[nearest];
    const request = openIndex().openKeyCursor(rangeFrom(from), 'prev');
    let cursor = await cursorAt(request, from);
    let at = from ? nearest * STEP : 0;
    while (cursor) {
      const place = { key: cursor.key, primaryKey: cursor.primaryKey };
      if (at % STEP === 0) bookmarks[at / STEP] ??= place;
      if (at === index) return place;
      const step = Math.min(STEP, index - at);
      cursor.advance(step);
      cursor = await nextOf(request);
      at += step;
    }
    return undefined;
  }

  /** Step by step: counting a range in one request would hold up every lookup for as long as it takes. */
  async function countRange(): Promise<number> {
    let at = 0;
    while (await findPlace(at)) at += STEP;
    const last = bookmarks.at(-1);
    if (!last) return 0;
    const before = (bookmarks.length - 1) * STEP;
    const [earlier, same] = await Promise.all([
      answerOf(openIndex().count(IDBKeyRange.upperBound(last.key, true))),
      answerOf(openIndex().getAllKeys(last.key)),
    ]);
    return before + earlier + same.filter((key) => indexedDB.cmp(key, last.primaryKey) <= 0).length;
  }

  const countAll = range ? await countRange() : await answerOf(openIndex().objectStore.count());
  return {
    count: Math.max(0, countAll - hidden.size),
    async rows(start, end) {
      const place = await findShown(start);
      if (!place) return [];
      const rows: MemberRow[] = [];
      const request = openIndex().openCursor(rangeFrom(place), 'prev');
      let cursor = await cursorAt(request, place);
      const wanted = Math.min(end - start, MAX_PAGE);
      while (cursor && rows.length < wanted) {
        const row = cursor.value as MemberRow;
        if (!hidden.has(row.id)) rows.push(row);
        if (rows.length === wanted) break;
        cursor.continue();
        cursor = await nextOf(request);
      }
      return rows;
    },
  };
}

/** Whether `place` comes before `other` in a walk from the last visit back. */
function liesBefore(place: Place, other: Place): boolean {
  const order = indexedDB.cmp(place.key, other.key) || indexedDB.cmp(place.primaryKey, other.primaryKey);
  return order > 0;
}

/** The cursor on `place`, of which it may stand before: members whose last visit is the same moment lie there. */
async function cursorAt<Cursor extends IDBCursor>(
  request: IDBRequest<Cursor | null>,
  place: Place | undefined,
): Promise<Cursor | null> {
  const cursor = await answerOf(request);
  const isBefore =
    place &&
    cursor &&
    indexedDB.cmp(cursor.key, place.key) === 0 &&
    indexedDB.cmp(cursor.primaryKey, place.primaryKey) > 0;
  if (!isBefore) return cursor;
  cursor.continuePrimaryKey(place.key, place.primaryKey);
  return await nextOf(request);
}

/** The answer to the step just asked for. */
function nextOf<Cursor>(request: IDBRequest<Cursor>): Promise<Cursor> {
  return new Promise((resolve, reject) => {
    const forget = new AbortController();
    const options = { signal: forget.signal };
    const settle = (settled: () => void) => () => {
      forget.abort();
      settled();
    };
    request.addEventListener(
      'success',
      settle(() => resolve(request.result)),
      options,
    );
    request.addEventListener(
      'error',
      settle(() => reject(request.error ?? new Error('request failed'))),
      options,
    );
  });
}

export interface ScanRequest {
  readonly sort: 'name' | 'visit' | 'joined';
  readonly keeps: (row: MemberRow) => boolean;
  /** Called after each slice. */
  readonly onProgress?: (progress: ScanProgress) => void;
  /** Stops the scan at the next slice. */
  readonly signal?: AbortSignal;
}

export interface ScanProgress {
  readonly doneRows: number;
  readonly totalRows: number;
}

/** What is kept of a row while sorting. */
interface Entry {
  readonly id: MemberId;
  /** The folded name; empty for a member without one and where another order is asked for. */
  readonly name: string;
  /** Milliseconds since 1970 UTC: what the newest comes first by. */
  readonly at: number;
}

/** Reads every member once, in slices. Undefined when `signal` stopped it. */
export async function scanMembers(database: Database, request: ScanRequest): Promise<MemberList | undefined> {
  const { sort, keeps, onProgress, signal } = request;
  const openMembers = () => nativeOf(database).transaction('members', 'readonly').objectStore('members');
  const hidden = new Set((await readForgotten(database)).map(({ id }) => id));
  const totalRows = await answerOf(openMembers().count());
  const runs: Entry[][] = [];
  let last: MemberId | undefined;
  let doneRows = 0;
  for (;;) {
    if (signal?.aborted) return undefined;
    const range = last === undefined ? undefined : IDBKeyRange.lowerBound(last, true);
    const rows = await answerOf<MemberRow[]>(openMembers().getAll(range, SLICE));
    last = rows.at(-1)?.id;
    doneRows += rows.length;
    const run = rows.filter((row) => !hidden.has(row.id) && keeps(row)).map((row) => entryOf(row, sort));
    await pushRun(runs, run.sort(compareEntries));
    onProgress?.({ doneRows, totalRows });
    if (rows.length < SLICE) break;
  }
  const entries = await mergeAll(runs);
  if (signal?.aborted) return undefined;
  return listByIds(
    database,
    entries.map(({ id }) => id),
  );
}

function entryOf(row: MemberRow, sort: ScanRequest['sort']): Entry {
  const at = sort === 'joined' ? row.joinedAt : row.lastVisitAt;
  return { id: row.id, name: sort === 'name' ? (row.nameKeys[0] ?? '') : '', at };
}

/** By name where there is one, those without at the end; then the newest first; ids only make it definite. */
function compareEntries(a: Entry, b: Entry): number {
  if (a.name !== b.name) {
    if (a.name === '') return 1;
    if (b.name === '') return -1;
    return a.name < b.name ? -1 : 1;
  }
  if (a.at !== b.at) return b.at - a.at;
  return a.id < b.id ? -1 : 1;
}

/** Merges runs of about the same length as they come in, so that no merge at the end has to touch everything twice. */
async function pushRun(runs: Entry[][], run: Entry[]): Promise<void> {
  let merged = run;
  for (let before = runs.at(-1); before && before.length <= merged.length; before = runs.at(-1)) {
    runs.pop();
    merged = await mergeRuns(before, merged);
  }
  if (merged.length > 0) runs.push(merged);
}

async function mergeAll(runs: readonly Entry[][]): Promise<readonly Entry[]> {
  let merged: Entry[] = [];
  for (const run of runs.toReversed()) merged = await mergeRuns(run, merged);
  return merged;
}

async function mergeRuns(left: Entry[], right: Entry[]): Promise<Entry[]> {
  if (left.length === 0) return right;
  const merged: Entry[] = [];
  let atLeft = 0;
  let atRight = 0;
  while (atLeft < left.length || atRight < right.length) {
    const a = left[atLeft];
    const b = right[atRight];
    if (a && (!b || compareEntries(a, b) <= 0)) {
      merged.push(a);
      atLeft += 1;
    } else if (b) {
      merged.push(b);
      atRight += 1;
    }
    if (merged.length % MERGE_SLICE === 0) await breathe();
  }
  return merged;
}

/** Lets the page draw and answer keys between two pieces of work. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));

function listByIds(database: Database, ids: readonly MemberId[]): MemberList {
  return {
    count: ids.length,
    async rows(start, end) {
      const store = nativeOf(database).transaction('members', 'readonly').objectStore('members');
      const page = ids.slice(start, Math.min(end, start + MAX_PAGE));
      return await Promise.all(
        page.map((id) => answerOf(store.get(id) as IDBRequest<MemberRow | undefined>)),
      );
    },
  };
}
