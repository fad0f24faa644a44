import type { IndexableType, Table } from 'dexie';
import type { DayTotals } from '#shared/domain/day-totals.ts';
import { foldMember } from '#shared/domain/fold.ts';
import { EMPTY_PROFILE, type Profile } from '#shared/domain/profile.ts';
import { membersOf } from '#shared/domain/merge.ts';
import { factsOf, isShopEvent } from '#shared/domain/shop-facts.ts';
import { readEvent, type LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { sha256Hex } from '#shared/lib/sha256.ts';
import { announceBulk } from './bulk-append.ts';
import { dropSnapshot, findComingPast, PAST_KEY } from './coming-past.ts';
import type { Database, TableName } from './database.ts';
import { orderRows, readHistories, type Histories } from './history-of.ts';
import { answerOf, committed, nativeOf } from './native.ts';
import { abortQuietly } from './abort-quietly.ts';
import { readAllPlaces, withPlace } from './place-runs.ts';
import { holdPlaces } from './places-lock.ts';
import { hasUnplaced, raiseProgramsRevision, readProgramsIn } from './program-gaps.ts';
import {
  PROJECTION_KEY,
  PROJECTION_VERSION,
  putEarlyVoids,
  UNPLACED_KEY,
  UNPLACED_MARK,
} from './projection-marks.ts';
import { isPresent, memberRow, nextTotals } from './projections.ts';
import type { EventRow, MetaRow, StreamRow } from './rows.ts';
import { putShopPositions, readShopEvents } from './shop-events.ts';
import { SHOP_KEY } from './shop.ts';
import { requireRoom, type SpaceGuard } from './space-guard.ts';
import { readMarks } from './sync-marks.ts';
import { isMissingRules, readAll, readMerged } from './sync/fold-changes.ts';
import { emptyPageCache } from './sync/page-cache.ts';
import { PEOPLE_STORES, refoldPeople } from './aliases.ts';
import { streamRowAfter } from './sync/stream-heads.ts';
import { readUndone } from './undone.ts';

/**
 * Makes every projection anew from events and profiles, in the shop's order.
 *
 *   mark "rebuilding" ─► scan in ledger order (streams, days, the shop's own events) ─► member by member ─► unmark
 *
 * Rows are replaced, never missing: other windows go on serving customers meanwhile. Each slice reads its events and writes
 * its rows in one transaction, so a stamp of another window is either seen by it or comes after it. A crash in between
 * leaves the mark, and the next start begins again; so only the mark waits for the disk, and all before it with it. Sync waits: it changes places behind the scan.
 */

const SLICE = 1000;

export interface RebuildProgress {
  readonly doneEvents: number;
  readonly totalEvents: number;
}

/**
 * True at a first start, after a crash inside a rebuild, and when the app's projections have changed. Not while a past is
 * coming: from a part of it nothing can be made, and a snapshot may stand for the rest.
 */
export async function needsRebuild(database: Database, guard?: SpaceGuard): Promise<boolean> {
  const [mark, past] = await Promise.all([database.meta.get(PROJECTION_KEY), findComingPast(database)]);
  if (past?.version === PROJECTION_VERSION && !past.isHere) return false;
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
  await holdPlaces(database, () => rebuildHeld(database, guard, report));
}

/** Nobody will tell the rest of a past that was coming: what is here is all there is. */
export async function endPast(database: Database, guard?: SpaceGuard): Promise<void> {
  if (await findComingPast(database)) await rebuildProjections(database, undefined, guard);
  await emptyPageCache(database.name);
}

/** For whoever holds the places already. */
export async function rebuildHeld(
  database: Database,
  guard?: SpaceGuard,
  report: (progress: RebuildProgress) => void = () => undefined,
): Promise<void> {
  await requireRoom(guard);
  await database.meta.delete(PROJECTION_KEY);
  // First: a void that is committed meanwhile looks back over what is here.
  await dropSnapshot(database);
  const totalEvents = await database.events.count();
  const tied = await rebuildShop({ database, guard }, (doneEvents) =>
    report({ doneEvents: Math.floor(doneEvents / 2), totalEvents }),
  );
  await rebuildCards({ database, guard, tied }, (doneEvents) =>
    report({ doneEvents: Math.floor((totalEvents + doneEvents) / 2), totalEvents }),
  );
}

/** What stands under a member's name. */
async function rebuildCards(request: Rebuilding, report: (doneEvents: number) => void): Promise<void> {
  const { database } = request;
  await rebuildMembers(request, report);
  await rebuildPeople(request);
  await database.meta.bulkDelete([PAST_KEY]);
  await database.meta.put({ key: PROJECTION_KEY, value: PROJECTION_VERSION });
  announceBulk(database);
}

interface Rebuilding {
  readonly database: Database;
  readonly guard: SpaceGuard | undefined;
  /** Who may be one person with somebody: folded together, after all others. */
  readonly tied?: ReadonlySet<MemberId>;
}

/** What the scan in ledger order has added up so far. None of it depends on that order. */
interface ShopSums {
  readonly streams: Map<string, StreamRow>;
  readonly days: Map<string, DayTotals>;
  readonly shopEvents: number[];
  readonly earlyVoids: Set<string>;
  /** Whom a merge or an unmerge names. */
  readonly tied: Set<MemberId>;
  /** Ledger position of the last event counted. */
  lastN: number;
}

const SHOP_STORES: readonly TableName[] = [
  'events',
  'places',
  'programs',
  'streams',
  'totals',
  'meta',
  'aliases',
];

/** Everything that is not about one member: programs, the shop, stream heads, daily sums. */
async function rebuildShop(
  { database, guard }: Rebuilding,
  report: (doneEvents: number) => void,
): Promise<ReadonlySet<MemberId>> {
  const sums: ShopSums = {
    streams: new Map(),
    days: new Map(),
    shopEvents: [],
    earlyVoids: new Set(),
    tied: new Set(),
    lastN: 0,
  };
  for (let done = 0, added = SLICE; added === SLICE; done += added, report(done)) {
    added = await inOne(database, { stores: SHOP_STORES, mode: 'readonly' }, (transaction) =>
      addPage(transaction, sums),
    );
  }
  await requireRoom(guard);
  await inOne(database, { stores: SHOP_STORES, mode: 'readwrite' }, async (transaction) => {
    // Nobody can append now: what came since the scan is counted, and then the sums are whole.
    while ((await addPage(transaction, sums)) > 0);
    putShopPositions(transaction, sums.shopEvents);
    putEarlyVoids(transaction, sums.earlyVoids);
    const facts = factsOf(await readShopEvents(transaction));
    replaceAll(transaction, 'programs', facts.programs);
    // Another definition may stand for a version now: every window reads them again.
    await raiseProgramsRevision(transaction);
    replaceAll(transaction, 'streams', [...sums.streams.values()]);
    replaceAll(transaction, 'totals', [...sums.days.values()]);
    const meta = transaction.objectStore('meta');
    // Set again by whoever is still folded without a definition.
    meta.delete(UNPLACED_KEY);
    if (facts.shop) meta.put({ key: SHOP_KEY, value: facts.shop } satisfies MetaRow);
    else meta.delete(SHOP_KEY);
  });
  return sums.tied;
}

async function inOne<Value>(
  database: Database,
  { stores, mode }: { readonly stores: readonly TableName[]; readonly mode: IDBTransactionMode },
  run: (transaction: IDBTransaction) => Promise<Value>,
): Promise<Value> {
  const transaction = nativeOf(database).transaction([...stores], mode, { durability: 'relaxed' });
  const done = committed(transaction);
  // Awaited below; without this an early throw would leave its rejection unhandled.
  done.catch(() => undefined);
  try {
    const value = await run(transaction);
    await done;
    return value;
  } catch (error) {
    abortQuietly(transaction);
    await done.catch(() => undefined);
    throw transaction.error ?? error;
  }
}

function replaceAll(transaction: IDBTransaction, table: TableName, rows: readonly unknown[]): void {
  const store = transaction.objectStore(table);
  store.clear();
  for (const row of rows) store.put(row);
}

/** Counts the next slice of events. @returns how many there were. */
async function addPage(transaction: IDBTransaction, sums: ShopSums): Promise<number> {
  const range = IDBKeyRange.lowerBound(sums.lastN, true);
  const events = transaction.objectStore('events');
  const [page, histories] = await Promise.all([
    answerOf(events.getAll(range, SLICE) as IDBRequest<EventRow[]>),
    readHistories(transaction),
  ]);
  for (const event of page) {
    sums.lastN = event.n;
    sums.streams.set(event.stream, streamRowAfter(sums.streams.get(event.stream), event));
    if (isShopEvent(event)) sums.shopEvents.push(event.n);
    for (const member of tiedBy(event)) sums.tied.add(member);
    const known = histories.aside.has(event.n) ? undefined : readEvent(event);
    if (!known) continue;
    const target = known.type === 'void' ? await findTarget(known, histories, sums) : undefined;
    sums.days.set(known.day, nextTotals(sums.days.get(known.day), known, target));
  }
  return page.length;
}

function tiedBy(event: EventRow): MemberId[] {
  if (event.type !== 'merge' && event.type !== 'unmerge') return [];
  const known = readEvent(event);
  return known ? membersOf(known) : [];
}

async function findTarget(
  event: LedgerEvent,
  histories: Histories,
  sums: ShopSums,
): Promise<LedgerEvent | undefined> {
  const card = histories.cardOf(event);
  if (card === undefined) return undefined;
  const undone = readUndone(await histories.of(card));
  for (const id of undone.missing) sums.earlyVoids.add(id);
  return undone.targets.get(event.id);
}

async function rebuildMembers(request: Rebuilding, report: (doneEvents: number) => void): Promise<void> {
  const { database, guard, tied = new Set() } = request;
  // Nobody changes places while they are held.
  const placeOf = await inOne(database, { stores: ['places'], mode: 'readonly' }, readAllPlaces);
  let done = 0;
  let after = '';
  for (;;) {
    await requireRoom(guard);
    const from = after;
    const slice = await inOne(database, { stores: MEMBER_STORES, mode: 'readwrite' }, (transaction) =>
      rebuildSlice(transaction, { after: from, tied, placeOf }),
    );
    done += slice.events;
    report(done);
    if (slice.last === undefined) return;
    after = slice.last;
  }
}

const MEMBER_STORES: readonly TableName[] = [
  'events',
  'cards',
  'members',
  'profiles',
  'programs',
  'meta',
  'aliases',
];

/** The next few members behind `after`, whole. @returns the last of them; undefined when there are no more. */
async function rebuildSlice(
  transaction: IDBTransaction,
  request: {
    readonly after: string;
    readonly tied: ReadonlySet<MemberId>;
    readonly placeOf: (n: number) => number | undefined;
  },
): Promise<{ readonly last: string | undefined; readonly events: number }> {
  const { after, tied, placeOf } = request;
  const store = (name: TableName) => transaction.objectStore(name);
  // Read anew with each slice: another window may publish meanwhile, and stamp.
  const [rows, programs, marks, merged] = await Promise.all([
    readWholeMembers(store('events').index('member'), after),
    readProgramsIn(transaction),
    readMarks(transaction),
    readMerged(transaction),
  ]);
  const last = rows.at(-1)?.member;
  const ids = [...new Set(rows.flatMap((event) => event.member ?? []))];
  const profiles = await readAll<Profile>(store('profiles'), ids);
  const byMember = Map.groupBy(rows, (event) => event.member);
  const keep = new Set<string>([...tied, ...merged]);
  let isWaiting = false;
  for (const [index, member] of ids.entries()) {
    if (tied.has(member) || merged.has(member)) continue;
    const own = (byMember.get(member) ?? []).map((row) => withPlace(row, placeOf(row.n)));
    const history = orderRows(own, marks);
    const state = foldMember(member, history, programs);
    if (!isPresent(state)) continue;
    keep.add(member);
    store('cards').put(state);
    store('members').put(memberRow(profiles[index] ?? EMPTY_PROFILE, state, programs));
    isWaiting ||= hasUnplaced(state) || history.some((event) => isMissingRules(event, programs));
  }
  if (isWaiting) store('meta').put(UNPLACED_MARK);
  await deleteOthers(transaction, { after, last, keep });
  return { last, events: rows.length };
}

/** Whoever is tied to somebody, with all of them: the others' cards are made already. */
async function rebuildPeople({ database, guard, tied = new Set() }: Rebuilding): Promise<void> {
  await requireRoom(guard);
  await inOne(
    database,
    { stores: [...PEOPLE_STORES, 'programs'], mode: 'readwrite' },
    async (transaction) => {
      const members = new Set([...tied, ...(await readMerged(transaction))]);
      if (members.size > 0) await refoldPeople(transaction, members, await readProgramsIn(transaction));
    },
  );
}

/** Events of the next members, through the index that groups them; never a part of a member. */
async function readWholeMembers(index: IDBIndex, after: string): Promise<EventRow[]> {
  const read = (range: IDBKeyRange, count?: number) =>
    answerOf(index.getAll(range, count) as IDBRequest<EventRow[]>);
  const page = await read(IDBKeyRange.lowerBound(after, true), SLICE);
  const first = page[0]?.member;
  const last = page.at(-1)?.member;
  if (page.length < SLICE || first === undefined || last === undefined) return page;
  // The last member of a full page may have more events than it shows: next turn, or whole if it is the only one.
  if (first === last) return await read(IDBKeyRange.only(first));
  return page.filter((event) => event.member !== last);
}

/** Rows between the members of this slice that no event stands behind. */
async function deleteOthers(
  transaction: IDBTransaction,
  {
    after,
    last,
    keep,
  }: { readonly after: string; readonly last: MemberId | undefined; readonly keep: ReadonlySet<string> },
): Promise<void> {
  const range =
    last === undefined ? IDBKeyRange.lowerBound(after, true) : IDBKeyRange.bound(after, last, true);
  for (const name of ['cards', 'members'] as const) {
    const table = transaction.objectStore(name);
    const keys = (await answerOf(table.getAllKeys(range))) as string[];
    for (const key of keys) if (!keep.has(key)) table.delete(key);
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
    database.aliases,
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
