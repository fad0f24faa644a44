import type { IndexableType, Table } from 'dexie';
import type { DayTotals } from '#shared/domain/day-totals.ts';
import { foldMember } from '#shared/domain/fold.ts';
import { EMPTY_PROFILE } from '#shared/domain/profile.ts';
import { makeProgramBook, type ProgramBook } from '#shared/domain/program.ts';
import { readEvent, type EventData, type KnownEvent } from '#shared/ledger/event.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { sha256Hex } from '#shared/lib/sha256.ts';
import type { Database } from './database.ts';
import { announceBulk } from './bulk-append.ts';
import { hasUnplaced, namesMissingProgram } from './program-gaps.ts';
import { PROJECTION_KEY, UNPLACED_KEY, UNPLACED_MARK } from './projection-marks.ts';
import { isPresent, memberRow, nextTotals } from './projections.ts';
import type { EventRow, ProgramRow, StreamRow } from './rows.ts';
import { SHOP_KEY } from './shop.ts';
import { requireRoom, type SpaceGuard } from './space-guard.ts';

/**
 * Makes every projection anew from events and profiles.
 *
 *   mark "rebuilding" ─► scan in ledger order (programs, streams, days) ─► member by member ─► unmark
 *
 * Rows are replaced, never missing: other windows go on serving customers meanwhile. Each slice reads its events and writes
 * its rows in one transaction, so a stamp of another window is either seen by it or comes after it. A crash in between
 * leaves the mark, and the next start begins again.
 */

/** Raised when a projection's content changes: the next start rebuilds without a migration. */
export const PROJECTION_VERSION = 2;
const SLICE = 500;

export interface RebuildProgress {
  readonly doneEvents: number;
  readonly totalEvents: number;
}

/** True at a first start, after a crash inside a rebuild, and when the app's projections have changed. */
export async function needsRebuild(database: Database, guard?: SpaceGuard): Promise<boolean> {
  const mark = await database.meta.get(PROJECTION_KEY);
  if (mark?.value === PROJECTION_VERSION) return false;
  const isEmpty = (await database.events.limit(1).primaryKeys()).length === 0;
  if (isEmpty) {
    await requireRoom(guard);
    await database.meta.put({ key: PROJECTION_KEY, value: PROJECTION_VERSION });
  }
  return !isEmpty;
}

export async function rebuildProjections(
  database: Database,
  report: (progress: RebuildProgress) => void = () => undefined,
  guard?: SpaceGuard,
): Promise<void> {
  await requireRoom(guard);
  await database.meta.delete(PROJECTION_KEY);
  const totalEvents = await database.events.count();
  await rebuildShop({ database, guard }, (doneEvents) =>
    report({ doneEvents: Math.floor(doneEvents / 2), totalEvents }),
  );
  await rebuildMembers({ database, guard }, (doneEvents) =>
    report({ doneEvents: Math.floor((totalEvents + doneEvents) / 2), totalEvents }),
  );
  await database.meta.put({ key: PROJECTION_KEY, value: PROJECTION_VERSION });
  announceBulk(database);
}

interface Rebuilding {
  readonly database: Database;
  readonly guard: SpaceGuard | undefined;
}

/** What the scan in ledger order has added up so far. */
interface ShopSums {
  readonly programs: ProgramRow[];
  readonly streams: Map<string, StreamRow>;
  readonly days: Map<string, DayTotals>;
  shop: EventData<'shop'> | undefined;
  /** Ledger position of the last event counted. */
  lastN: number;
}

/** Everything that is not about one member: programs, the shop, stream heads, daily sums. */
async function rebuildShop(
  { database, guard }: Rebuilding,
  report: (doneEvents: number) => void,
): Promise<void> {
  const sums: ShopSums = { programs: [], streams: new Map(), days: new Map(), shop: undefined, lastN: 0 };
  for (let done = 0, added = SLICE; added === SLICE; done += added, report(done)) {
    added = await addPage(database, sums);
  }
  await requireRoom(guard);
  const { events, programs, streams, totals, meta } = database;
  await database.transaction('rw', [events, programs, streams, totals, meta], async () => {
    // Nobody can append now: what came since the scan is counted, and then the sums are whole.
    while ((await addPage(database, sums)) > 0);
    await replaceAll(programs, sums.programs);
    await replaceAll(streams, [...sums.streams.values()]);
    await replaceAll(totals, [...sums.days.values()]);
    // Set again by whoever is still folded without a definition.
    await meta.delete(UNPLACED_KEY);
    await (sums.shop ? meta.put({ key: SHOP_KEY, value: sums.shop }) : meta.delete(SHOP_KEY));
  });
}

async function replaceAll<Row>(table: Table<Row>, rows: readonly Row[]): Promise<void> {
  await table.clear();
  await table.bulkPut(rows);
}

/** Counts the next slice of events. @returns how many there were. */
async function addPage(database: Database, sums: ShopSums): Promise<number> {
  const page = await database.events.where('n').above(sums.lastN).limit(SLICE).toArray();
  for (const event of page) {
    sums.lastN = event.n;
    sums.streams.set(event.stream, nextStreamRow(sums.streams.get(event.stream), event));
    const known = readEvent(event);
    if (!known) continue;
    if (known.type === 'program') sums.programs.push(known.data.program);
    if (known.type === 'shop') sums.shop = known.data;
    const target = await targetOf(database, known);
    sums.days.set(known.day, nextTotals(sums.days.get(known.day), known, target));
  }
  return page.length;
}

const nextStreamRow = (before: StreamRow | undefined, event: EventRow): StreamRow => ({
  stream: event.stream,
  seq: event.seq,
  link: event.link,
  parent: before ? before.parent : (event.parent ?? null),
});

async function targetOf(database: Database, event: KnownEvent): Promise<EventRow | undefined> {
  if (event.type !== 'void') return undefined;
  const target = await database.events.where('id').equals(event.data.target).first();
  // As the fold and the commit see it: one member's void takes back nothing of another's.
  return target?.member === event.member ? target : undefined;
}

async function rebuildMembers(request: Rebuilding, report: (doneEvents: number) => void): Promise<void> {
  const { database, guard } = request;
  let done = 0;
  let after = '';
  for (;;) {
    await requireRoom(guard);
    const { events, cards, members, profiles, programs, meta } = database;
    const tables = [events, cards, members, profiles, programs, meta];
    const slice = await database.transaction('rw', tables, () => rebuildSlice(database, after));
    done += slice.events;
    report(done);
    if (slice.last === undefined) return;
    after = slice.last;
  }
}

/** The next few members behind `after`, whole. @returns the last of them; undefined when there are no more. */
async function rebuildSlice(
  database: Database,
  after: string,
): Promise<{ readonly last: string | undefined; readonly events: number }> {
  // Read anew with each slice: another window may publish meanwhile, and stamp.
  const programs = makeProgramBook(await database.programs.toArray());
  const rows = await readWholeMembers(database, after);
  const last = rows.at(-1)?.member;
  const ids = [...new Set(rows.flatMap((event) => event.member ?? []))];
  const profiles = await database.profiles.bulkGet(ids);
  const byMember = Map.groupBy(rows, (event) => event.member);
  const states = ids
    .map((member, index) => ({
      profile: profiles[index] ?? EMPTY_PROFILE,
      state: foldMember(member, byMember.get(member) ?? [], programs),
    }))
    .filter(({ state }) => isPresent(state));
  await deleteOthers(database, {
    after,
    last,
    keep: new Set<string>(states.map(({ state }) => state.member)),
  });
  const isWaiting =
    states.some(({ state }) => hasUnplaced(state)) || rows.some((event) => isMissingRules(event, programs));
  if (isWaiting) await database.meta.put(UNPLACED_MARK);
  await database.cards.bulkPut(states.map(({ state }) => state));
  await database.members.bulkPut(states.map(({ profile, state }) => memberRow(profile, state, programs)));
  return { last, events: rows.length };
}

function isMissingRules(event: EventRow, programs: ProgramBook): boolean {
  const known = readEvent(event);
  return known !== undefined && namesMissingProgram(programs, known.data);
}

/** Events of the next members, through the index that groups them; never a part of a member. */
async function readWholeMembers(database: Database, after: string): Promise<EventRow[]> {
  const page = await database.events.where('member').above(after).limit(SLICE).toArray();
  const first = page[0]?.member;
  const last = page.at(-1)?.member;
  if (page.length < SLICE || first === undefined || last === undefined) return page;
  // The last member of a full page may have more events than it shows: next turn, or whole if it is the only one.
  if (first === last) return await database.events.where('member').equals(first).toArray();
  return page.filter((event) => event.member !== last);
}

/** Rows between the members of this slice that no event stands behind. */
async function deleteOthers(
  database: Database,
  {
    after,
    last,
    keep,
  }: { readonly after: string; readonly last: string | undefined; readonly keep: ReadonlySet<string> },
): Promise<void> {
  for (const table of [database.cards, database.members]) {
    const range = table.where(':id');
    const keys = await (
      last === undefined ? range.above(after) : range.between(after, last, false, true)
    ).primaryKeys();
    await table.bulkDelete(keys.filter((key) => !keep.has(key)));
  }
}

/** One digest over all projections: equal bytes, equal digest. Reads in slices. */
export async function digestProjections(database: Database): Promise<string> {
  let digest = '';
  for (const table of [
    database.cards,
    database.members,
    database.totals,
    database.programs,
    database.streams,
  ]) {
    let page = await table.toCollection().limit(SLICE).toArray();
    while (page.length > 0) {
      digest = sha256Hex(digest + table.name + canonicalJson(page));
      page = await table
        .where(':id')
        .above(keyOf(table, page.at(-1)))
        .limit(SLICE)
        .toArray();
    }
  }
  return digest;
}

function keyOf(table: Table<unknown>, row: unknown): IndexableType {
  const { keyPath } = table.schema.primKey;
  const fields = row as Readonly<Record<string, string | number>>;
  return typeof keyPath === 'string'
    ? (fields[keyPath] ?? '')
    : (keyPath ?? []).map((field) => fields[field] ?? '');
}
