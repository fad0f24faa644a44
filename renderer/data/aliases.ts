import type { OnePerson } from '#shared/domain/fold.ts';
import type { Profile } from '#shared/domain/profile.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import { readEvent } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { rowsOfPeople, type PeopleRows } from './aliases-rows.ts';
import type { Database, TableName } from './database.ts';
import { inShop } from './history-of.ts';
import { answerOf } from './native.ts';
import { hasUnplaced, namesMissingProgram } from './program-gaps.ts';
import { UNPLACED_MARK } from './projection-marks.ts';
import type { AliasRow, EventRow } from './rows.ts';
import { readMarks } from './sync-marks.ts';

/**
 * Members who were merged, inside the transaction that needs to know. Nearly nobody ever is: a punch asks for two keys more,
 * and folds a person's whole history only where a merge, a void or an enrolment may change what stands before it.
 */

/** One member, or several who are one. */
export interface Person extends OnePerson {
  readonly canonical: MemberId;
}

/** What a fold of several members reads and writes. */
export const PEOPLE_STORES = [
  'events',
  'places',
  'cards',
  'members',
  'profiles',
  'aliases',
  'erased',
  'meta',
] as const satisfies readonly TableName[];

/** @param member any id of the person. */
export async function readPerson(transaction: IDBTransaction, member: MemberId): Promise<Person> {
  const store = transaction.objectStore('aliases');
  const aliasesOf = (canonical: MemberId) =>
    answerOf(store.index('canonical').getAll(canonical) as IDBRequest<AliasRow[]>);
  const [row, own] = await Promise.all([
    answerOf(store.get(member) as IDBRequest<AliasRow | undefined>),
    aliasesOf(member),
  ]);
  return row ? personOf(row.canonical, await aliasesOf(row.canonical)) : personOf(member, own);
}

function personOf(canonical: MemberId, rows: readonly AliasRow[]): Person {
  const aliases = rows.toSorted((a, b) => a.place - b.place);
  return {
    canonical,
    members: [canonical, ...aliases.map(({ member }) => member)],
    withoutJoining: aliases.filter(({ hasNoJoining }) => hasNoJoining).map(({ member }) => member),
  };
}

export const isMerged = ({ members }: OnePerson): boolean => members.length > 1;

/** Under which id everything of `member` stands, for screens. */
export async function findCanonical(database: Database, member: MemberId): Promise<MemberId> {
  return (await database.aliases.get(member))?.canonical ?? member;
}

/** All ids of the person, the canonical one first, for screens. @param member any of them. */
export async function listIdsOf(
  database: Database,
  member: MemberId,
): Promise<readonly [MemberId, ...MemberId[]]> {
  const canonical = await findCanonical(database, member);
  const rows = await database.aliases.where('canonical').equals(canonical).toArray();
  return [canonical, ...personOf(canonical, rows).members.slice(1)];
}

/** All events of `members` that count, in the shop's order. */
export async function readHistory(
  transaction: IDBTransaction,
  members: readonly MemberId[],
): Promise<readonly EventRow[]> {
  const index = transaction.objectStore('events').index('member');
  const [marks, ...lists] = await Promise.all([
    readMarks(transaction),
    ...members.map((member) => answerOf(index.getAll(member) as IDBRequest<EventRow[]>)),
  ]);
  const rows = lists.length === 1 ? (lists[0] ?? []) : lists.flat().toSorted((a, b) => a.n - b.n);
  return await inShop(transaction, rows, marks);
}

export async function readProfiles(
  transaction: IDBTransaction,
  members: readonly MemberId[],
): Promise<(Profile | undefined)[]> {
  const store = transaction.objectStore('profiles');
  return await Promise.all(
    members.map((member) => answerOf(store.get(member) as IDBRequest<Profile | undefined>)),
  );
}

/** Who of `members` was forgotten. */
export async function readErased(
  transaction: IDBTransaction,
  members: readonly MemberId[],
): Promise<ReadonlySet<MemberId>> {
  const store = transaction.objectStore('erased');
  const keys = await Promise.all(members.map((member) => answerOf(store.getKey(member))));
  return new Set(members.filter((_, index) => keys[index] !== undefined));
}

export interface Circle {
  readonly members: readonly MemberId[];
  /** All of theirs, in the shop's order. */
  readonly events: readonly EventRow[];
}

/**
 * Everybody whom a merge or an unmerge ties to `members`, directly or through others, whether it holds or not: only all of
 * them together tell who is one person.
 */
export async function readCircle(transaction: IDBTransaction, members: Iterable<MemberId>): Promise<Circle> {
  const known = new Set<MemberId>();
  let found = [...new Set(members)];
  while (found.length > 0) {
    for (const member of found) known.add(member);
    const read = await Promise.all(
      found.map(async (member) => {
        const [person, own] = await Promise.all([
          readPerson(transaction, member),
          readHistory(transaction, [member]),
        ]);
        return person.members.concat(own.flatMap(otherOf));
      }),
    );
    found = [...new Set(read.flat())].filter((member) => !known.has(member));
  }
  return { members: [...known], events: await readHistory(transaction, [...known]) };
}

/** The other member of a merge or an unmerge. */
function otherOf(event: EventRow): MemberId[] {
  if (event.type !== 'merge' && event.type !== 'unmerge') return [];
  const known = readEvent(event);
  return known?.type === 'merge' || known?.type === 'unmerge' ? [known.data.other as MemberId] : [];
}

/**
 * Folds `members` and everybody tied to them anew and puts their rows, after their events and documents are in the store.
 * @param transaction readwrite on {@link PEOPLE_STORES}, `aliases` and `profiles` among them.
 */
export async function refoldPeople(
  transaction: IDBTransaction,
  members: Iterable<MemberId>,
  programs: ProgramBook,
): Promise<PeopleRows> {
  const circle = await readCircle(transaction, members);
  const [profiles, erased] = await Promise.all([
    readProfiles(transaction, circle.members),
    readErased(transaction, circle.members),
  ]);
  const rows = rowsOfPeople({
    ...circle,
    profiles: new Map(profiles.flatMap((profile) => (profile ? [[profile.member, profile]] : []))),
    erased,
    programs,
  });
  putPeople(transaction, rows);
  const isWaiting = circle.events.some((event) => {
    const known = readEvent(event);
    return known !== undefined && namesMissingProgram(programs, known.data);
  });
  if (isWaiting || rows.cards.some(hasUnplaced)) transaction.objectStore('meta').put(UNPLACED_MARK);
  return rows;
}

/** Requests are not awaited; a failed one aborts the transaction. */
function putPeople(transaction: IDBTransaction, rows: PeopleRows): void {
  const store = (name: TableName) => transaction.objectStore(name);
  for (const member of rows.gone) {
    store('cards').delete(member);
    store('members').delete(member);
  }
  for (const member of rows.unaliased) store('aliases').delete(member);
  for (const state of rows.cards) store('cards').put(state);
  for (const row of rows.members) store('members').put(row);
  for (const row of rows.aliases) store('aliases').put(row);
}
