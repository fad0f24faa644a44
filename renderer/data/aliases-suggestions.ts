import { isUnmerged } from '#shared/domain/merge.ts';
import { findLookalikes, type Likeness, type Lookalike } from '#shared/domain/merge-suggestions.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { readHistory } from './aliases.ts';
import type { Database } from './database.ts';
import { answerOf, nativeOf } from './native.ts';
import type { AliasRow, MemberRow } from './rows.ts';

/** Members who may be one person, for a manager to look at. */

export interface LikelyPair {
  readonly member: MemberRow;
  readonly other: MemberRow;
  readonly why: readonly Likeness[];
}

export interface LikelyPairs {
  /** The surest first. */
  readonly pairs: readonly LikelyPair[];
  /** There are more than anybody looks through at once. */
  readonly hasMore: boolean;
}

/** A getAll of 500 rows is what a lookup at the counter can wait for. */
const SLICE = 500;
const MOST_PAIRS = 100;

/**
 * Reads every member once, in slices. Pairs of whom somebody has said that they are two people are left out.
 * @param callingCode of the shop's country, without `+`. Undefined when `signal` stopped it.
 */
export async function listLikelyPairs(
  database: Database,
  callingCode: string,
  signal?: AbortSignal,
): Promise<LikelyPairs | undefined> {
  const people = await readPeople(database, signal);
  if (!people) return undefined;
  const suggestions = findLookalikes(people, callingCode);
  const pairs: LikelyPair[] = [];
  for (const { member, other, why } of suggestions) {
    if (signal?.aborted) return undefined;
    if (pairs.length === MOST_PAIRS) return { pairs, hasMore: true };
    const rows = await readPair(database, member, other);
    if (rows) pairs.push({ member: rows[0], other: rows[1], why });
  }
  return { pairs, hasMore: false };
}

async function readPeople(database: Database, signal?: AbortSignal): Promise<Lookalike[] | undefined> {
  const store = (name: 'members' | 'aliases') =>
    nativeOf(database).transaction(name, 'readonly').objectStore(name);
  const aliases = await answerOf(store('aliases').getAll() as IDBRequest<AliasRow[]>);
  const aliasesOf = Map.groupBy(aliases, ({ canonical }) => canonical);
  const people: Lookalike[] = [];
  let last: MemberId | undefined;
  for (;;) {
    if (signal?.aborted) return undefined;
    const range = last === undefined ? undefined : IDBKeyRange.lowerBound(last, true);
    const rows = await answerOf(store('members').getAll(range, SLICE) as IDBRequest<MemberRow[]>);
    for (const row of rows) {
      const ids = [row, ...(aliasesOf.get(row.id) ?? [])];
      people.push({
        member: row.id,
        name: row.nameKeys[0] ?? '',
        phones: ids.flatMap(({ phone }) => phone ?? []),
        cards: ids.flatMap(({ card }) => card ?? []),
      });
    }
    last = rows.at(-1)?.id;
    if (rows.length < SLICE) return people;
  }
}

/** Undefined when one of them is gone, or when they were told apart. */
async function readPair(
  database: Database,
  member: MemberId,
  other: MemberId,
): Promise<readonly [MemberRow, MemberRow] | undefined> {
  const transaction = nativeOf(database).transaction(['members', 'events', 'places', 'meta'], 'readonly');
  const members = transaction.objectStore('members');
  const [one, two, events] = await Promise.all([
    answerOf(members.get(member) as IDBRequest<MemberRow | undefined>),
    answerOf(members.get(other) as IDBRequest<MemberRow | undefined>),
    readHistory(transaction, [member, other]),
  ]);
  return one && two && !isUnmerged(events, member, other) ? [one, two] : undefined;
}
