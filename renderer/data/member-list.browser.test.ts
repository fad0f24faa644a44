import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#tests/fakes/test-store.ts';
import { nameKeys } from '#shared/domain/person-name.ts';
import type { MemberId, PhoneNumber } from '#shared/lib/brand.ts';
import type { Hlc } from '#shared/lib/hlc.ts';
import { listByLastVisit, scanMembers, type MemberList } from './member-list.ts';
import type { MemberRow } from './rows.ts';

const COUNT = 5000;
let store: TestStore;
let members: MemberRow[];

/** Spread without a pattern, and the same on every run. */
const mixed = (index: number, below: number) => (index * 2_654_435_761) % below;

function makeRow(index: number): MemberRow {
  const name = index % 7 === 0 ? '' : `Name${mixed(index, 997)} Family${mixed(index, 89)}`;
  return {
    id: `member-${String(mixed(index, 4_294_967_296)).padStart(10, '0')}` as MemberId,
    name,
    nameKeys: nameKeys(name),
    ...(index % 5 === 0 ? {} : { phone: `+3361${String(index).padStart(7, '0')}` as PhoneNumber }),
    // Many share a moment, as after an import.
    lastVisitAt: 1_700_000_000_000 + mixed(index, 300) * 1000,
    joinedAt: 1_600_000_000_000 + mixed(index, 100_003),
    visits: 1,
    stamps: 1,
    points: [],
    ready: index % 11 === 0 ? 1 : 0,
  };
}

beforeEach(async () => {
  store = await openTestStore();
  members = Array.from({ length: COUNT }, (_, index) => makeRow(index));
  await store.database.members.bulkAdd(members);
});

afterEach(async () => {
  await store.database.delete();
});

async function readAll(list: MemberList | undefined): Promise<string[]> {
  const ids: string[] = [];
  if (!list) return ids;
  for (let start = 0; start < list.count; start += 100) {
    const rows = await list.rows(start, Math.min(list.count, start + 100));
    ids.push(...rows.map((row) => row?.id ?? 'gone'));
  }
  return ids;
}

const byLastVisit = (a: MemberRow, b: MemberRow) => b.lastVisitAt - a.lastVisitAt || (a.id < b.id ? 1 : -1);

describe('by last visit', () => {
  test('every member once, in the order of the index, from any place in any order', async () => {
    const expected = members.toSorted(byLastVisit).map(({ id }) => id);
    const list = await listByLastVisit(store.database);
    expect(list.count).toBe(COUNT);
    for (const start of [4990, 0, 2500, 999, 1000, 1001, 3999, 4000, 12]) {
      const end = Math.min(COUNT, start + 30);
      const rows = await list.rows(start, end);
      expect(rows.map((row) => row?.id)).toEqual(expected.slice(start, end));
    }
    expect(await readAll(list)).toEqual(expected);
  });

  test('who was forgotten is left out, and no place is lost or shown twice', async () => {
    // Whole runs, single ones, the first and the last of the index; the thousandth places among them.
    const order = members.toSorted(byLastVisit);
    const gone = order.filter(
      (_, place) => place < 3 || (place > 990 && place < 1120) || place % 37 === 0 || place === COUNT - 1,
    );
    await store.database.erased.bulkAdd(gone.map(({ id }) => ({ member: id, hlc: '' as Hlc })));
    const hidden = new Set(gone);
    const expected = order.filter((row) => !hidden.has(row)).map(({ id }) => id);
    const list = await listByLastVisit(store.database);
    expect(list.count).toBe(expected.length);
    for (const start of [expected.length - 20, 0, 960, 1000, 2900]) {
      const rows = await list.rows(start, start + 20);
      expect(rows.map((row) => row?.id)).toEqual(expected.slice(start, start + 20));
    }
    expect(await readAll(list)).toEqual(expected);
    const until = 1_700_000_000_000 + 100_000;
    const lapsed = order.filter((row) => !hidden.has(row) && row.lastVisitAt < until);
    expect(await readAll(await listByLastVisit(store.database, until))).toEqual(lapsed.map(({ id }) => id));
    const scanned = await scanMembers(store.database, { sort: 'visit', keeps: () => true });
    expect(new Set(await readAll(scanned))).toEqual(new Set(expected));
  });

  test('whoever was merged into somebody forgotten is forgotten with them', async () => {
    const [one, other] = members as [MemberRow, MemberRow];
    await store.database.members.delete(other.id);
    await store.database.aliases.add({ member: other.id, canonical: one.id, place: 1 });
    await store.database.erased.add({ member: other.id, hlc: '' as Hlc });
    const ids = await readAll(await listByLastVisit(store.database));
    expect(ids).toHaveLength(COUNT - 2);
    expect(ids).not.toContain(one.id);
  });

  test('lapsed members are a range of the same index', async () => {
    const until = 1_700_000_000_000 + 100_000;
    const list = await listByLastVisit(store.database, until);
    const expected = members.filter((row) => row.lastVisitAt < until).toSorted(byLastVisit);
    expect(list.count).toBe(expected.length);
    expect(await readAll(list)).toEqual(expected.map(({ id }) => id));
  });

  test('places beyond the end are empty, also after members have gone', async () => {
    const list = await listByLastVisit(store.database);
    await list.rows(4990, 5000);
    await store.database.members.bulkDelete(members.slice(0, 4000).map(({ id }) => id));
    expect(await list.rows(4900, 4930)).toEqual([]);
    expect((await list.rows(0, 30)).length).toBe(30);
  });
});

describe('by scan', () => {
  test('by name, without accents or case; those without a name last, most recent first', async () => {
    const list = await scanMembers(store.database, { sort: 'name', keeps: () => true });
    const named = (row: MemberRow) => row.nameKeys[0] ?? '\uffff';
    const rows = new Map<string, MemberRow>(members.map((row) => [row.id, row]));
    const sorted = (await readAll(list)).map((id) => rows.get(id) as MemberRow);
    expect(sorted).toHaveLength(COUNT);
    for (const [index, row] of sorted.entries()) {
      const before = sorted[index - 1];
      if (!before) continue;
      expect(named(before) <= named(row)).toBe(true);
      if (named(before) === named(row)) expect(before.lastVisitAt >= row.lastVisitAt).toBe(true);
    }
  });

  test('a filter keeps what it says, newest members first', async () => {
    const list = await scanMembers(store.database, { sort: 'joined', keeps: (row) => row.ready > 0 });
    const expected = members
      .filter((row) => row.ready > 0)
      .toSorted((a, b) => b.joinedAt - a.joinedAt || (a.id < b.id ? -1 : 1));
    expect(await readAll(list)).toEqual(expected.map(({ id }) => id));
  });

  test('tells how far it is and can be stopped', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const list = await scanMembers(store.database, {
      sort: 'visit',
      keeps: () => true,
      signal: stop.signal,
      onProgress: ({ doneRows, totalRows }) => {
        expect(totalRows).toBe(COUNT);
        seen.push(doneRows);
        if (seen.length === 3) stop.abort();
      },
    });
    expect(list).toBeUndefined();
    expect(seen).toEqual([500, 1000, 1500]);
  });

  test('a member who has gone since leaves a gap and moves nobody', async () => {
    const list = await scanMembers(store.database, { sort: 'visit', keeps: () => true });
    const [first, second] = members.toSorted(
      (a, b) => b.lastVisitAt - a.lastVisitAt || (a.id < b.id ? -1 : 1),
    );
    await store.database.members.delete(first?.id ?? '');
    expect((await list?.rows(0, 2))?.map((row) => row?.id)).toEqual([undefined, second?.id]);
  });
});
