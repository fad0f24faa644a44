import type { DayTotals } from '#shared/domain/day-totals.ts';
import { foldMember } from '#shared/domain/fold.ts';
import { EMPTY_PROFILE } from '#shared/domain/profile.ts';
import { makeProgramBook, type ProgramBook } from '#shared/domain/program.ts';
import { readEvent, type EventData, type KnownEvent } from '#shared/ledger/event.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { sha256Hex } from '#shared/lib/sha256.ts';
import type { Database } from './database.ts';
import { announceBulk } from './bulk-append.ts';
import { isPresent, memberRow, nextTotals } from './projections.ts';
import type { EventRow, ProgramRow, StreamRow } from './rows.ts';
import { SHOP_KEY } from './shop.ts';
import { requireRoom, type SpaceGuard } from './space-guard.ts';

/**
 * Drops every projection and makes it anew from events and profiles.
 *
 *   mark "rebuilding" ─► clear ─► scan in ledger order (programs, streams, days) ─► member by member ─► unmark
 *
 * A crash in between leaves the mark, and the next start begins again. Read and written in slices, so the counter of
 * another window waits milliseconds, never for the whole.
 */

/** Raised when a projection's content changes: the next start rebuilds without a migration. */
export const PROJECTION_VERSION = 1;
const PROJECTION_KEY = 'projectionVersion';
const SLICE = 500;

export interface RebuildProgress {
  readonly doneEvents: number;
  readonly totalEvents: number;
}

/** True at a first start, after a crash inside a rebuild, and when the app's projections have changed. */
export async function needsRebuild(database: Database, guard?: SpaceGuard): Promise<boolean> {
  const mark = await database.meta.get(PROJECTION_KEY);
  if (mark?.value === PROJECTION_VERSION) return false;
  const isEmpty = (await database.events.limit(1).count()) === 0;
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
  const projections = [
    database.cards,
    database.members,
    database.totals,
    database.programs,
    database.streams,
  ];
  await database.transaction('rw', [database.meta, ...projections], async () => {
    await database.meta.delete(PROJECTION_KEY);
    for (const table of projections) await table.clear();
  });
  const totalEvents = await database.events.count();
  const programs = await rebuildShop({ database, guard }, (doneEvents) =>
    report({ doneEvents: Math.floor(doneEvents / 2), totalEvents }),
  );
  await rebuildMembers({ database, guard, programs }, (doneEvents) =>
    report({ doneEvents: Math.floor((totalEvents + doneEvents) / 2), totalEvents }),
  );
  await database.meta.put({ key: PROJECTION_KEY, value: PROJECTION_VERSION });
  announceBulk(database);
}

interface Rebuilding {
  readonly database: Database;
  readonly guard: SpaceGuard | undefined;
}

/** Everything that is not about one member: programs, the shop, stream heads, daily sums. */
async function rebuildShop(
  { database, guard }: Rebuilding,
  report: (doneEvents: number) => void,
): Promise<ProgramBook> {
  const programs: ProgramRow[] = [];
  const streams = new Map<string, StreamRow>();
  const days = new Map<string, DayTotals>();
  let shop: EventData<'shop'> | undefined;
  let done = 0;
  for await (const page of pagesInOrder(database)) {
    for (const event of page) {
      streams.set(event.stream, nextStreamRow(streams.get(event.stream), event));
      const known = readEvent(event);
      if (!known) continue;
      if (known.type === 'program') programs.push(known.data.program);
      if (known.type === 'shop') shop = known.data;
      days.set(known.day, nextTotals(days.get(known.day), known, await targetOf(database, known)));
    }
    done += page.length;
    report(done);
  }
  await requireRoom(guard);
  await database.transaction(
    'rw',
    [database.programs, database.streams, database.totals, database.meta],
    async () => {
      await database.programs.bulkPut(programs);
      await database.streams.bulkPut([...streams.values()]);
      await database.totals.bulkPut([...days.values()]);
      // Replaced, never missing in between: without a shop every screen would give way to the first run.
      await (shop ? database.meta.put({ key: SHOP_KEY, value: shop }) : database.meta.delete(SHOP_KEY));
    },
  );
  return makeProgramBook(programs);
}

const nextStreamRow = (before: StreamRow | undefined, event: EventRow): StreamRow => ({
  stream: event.stream,
  seq: event.seq,
  link: event.link,
  parent: before ? before.parent : (event.parent ?? null),
});

async function targetOf(database: Database, event: KnownEvent): Promise<EventRow | undefined> {
  if (event.type !== 'void') return undefined;
  return await database.events.where('id').equals(event.data.target).first();
}

async function* pagesInOrder(database: Database): AsyncGenerator<EventRow[]> {
  for (let after = 0; ;) {
    const page = await database.events.where('n').above(after).limit(SLICE).toArray();
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = last.n;
  }
}

async function rebuildMembers(
  { database, guard, programs }: Rebuilding & { readonly programs: ProgramBook },
  report: (doneEvents: number) => void,
): Promise<void> {
  let done = 0;
  for await (const group of membersInOrder(database)) {
    await requireRoom(guard);
    await database.transaction('rw', [database.cards, database.members, database.profiles], async () => {
      const profiles = await database.profiles.bulkGet(group.map(({ member }) => member));
      const states = group
        .map(({ member, events }, index) => ({
          profile: profiles[index] ?? EMPTY_PROFILE,
          state: foldMember(member, events, programs),
        }))
        .filter(({ state }) => isPresent(state));
      await database.cards.bulkPut(states.map(({ state }) => state));
      await database.members.bulkPut(states.map(({ profile, state }) => memberRow(profile, state, programs)));
    });
    done += group.reduce((sum, { events }) => sum + events.length, 0);
    report(done);
  }
}

interface MemberEvents {
  readonly member: NonNullable<EventRow['member']>;
  readonly events: readonly EventRow[];
}

/** Members with all of their events, a slice at a time, through the index that groups events by member. */
async function* membersInOrder(database: Database): AsyncGenerator<MemberEvents[]> {
  for (let after = ''; ;) {
    const page = await database.events.where('member').above(after).limit(SLICE).toArray();
    const first = page[0]?.member;
    const last = page.at(-1)?.member;
    if (first === undefined || last === undefined) return;
    // The last member of a full page may have more events than it shows: read in the next turn, or whole if alone.
    const isCut = page.length === SLICE;
    const rows =
      isCut && first === last
        ? await database.events.where('member').equals(first).toArray()
        : page.filter((event) => !isCut || event.member !== last);
    const groups = Map.groupBy(rows, (event) => event.member);
    yield [...groups].flatMap(([member, events]) => (member === undefined ? [] : [{ member, events }]));
    after = rows.at(-1)?.member ?? last;
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
    for (let offset = 0; page.length > 0;) {
      digest = sha256Hex(digest + table.name + canonicalJson(page));
      offset += page.length;
      page = await table.toCollection().offset(offset).limit(SLICE).toArray();
    }
  }
  return digest;
}
