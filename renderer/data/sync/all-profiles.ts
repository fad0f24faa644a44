import type { MemberId } from '#shared/lib/brand.ts';
import { answerOf } from '../native.ts';
import type { MetaRow, UnsentProfileRow } from '../rows.ts';

/**
 * Every document that is here waits to be sent. There may be a hundred thousand, and what else is to be sent must not wait until
 * each has its row: so it is only noted, and whoever sends them lays the rows out, a slice before each time they run short.
 */

/** Row in `meta`: up to where, in the order of the tables and of their keys, rows are laid out. Absent: nothing is left. */
const ALL_KEY = 'allProfilesFrom';
interface Mark {
  readonly table: (typeof TABLES)[number];
  readonly after: string;
}

const TABLES = ['profiles', 'erased'] as const;
const SLICE = 2000;

export function noteAllProfiles(transaction: IDBTransaction): void {
  putMark(transaction, { table: 'profiles', after: '' });
}

/** Whether there are documents that wait without a row. */
export const areRowsLeft = async (transaction: IDBTransaction): Promise<boolean> =>
  (await readMark(transaction)) !== undefined;

/** Gives the next of them their rows, and takes the note away behind the last one. */
export async function layOutMore(transaction: IDBTransaction): Promise<void> {
  const mark = await readMark(transaction);
  if (!mark) return;
  const rest = restOf(transaction, mark, mark.table);
  const members = (await answerOf(rest.store.getAllKeys(rest.range, SLICE))) as MemberId[];
  for (const member of members)
    transaction.objectStore('unsentProfiles').put({ member } satisfies UnsentProfileRow);
  const after = members.at(-1);
  const [, next] = TABLES.slice(TABLES.indexOf(mark.table));
  if (after !== undefined) putMark(transaction, { ...mark, after });
  else if (next) putMark(transaction, { table: next, after: '' });
  else transaction.objectStore('meta').delete(ALL_KEY);
}

/** Whose documents wait, with a row or without one yet. */
export async function listUnsentMembers(transaction: IDBTransaction): Promise<readonly MemberId[]> {
  const mark = await readMark(transaction);
  const left = tablesFrom(mark).map((table) => restOf(transaction, mark, table));
  const keys = await Promise.all([
    answerOf(transaction.objectStore('unsentProfiles').getAllKeys()),
    ...left.map(({ store, range }) => answerOf(store.getAllKeys(range))),
  ]);
  return [...new Set(keys.flat() as MemberId[])];
}

/** How many that are. Somebody who has a row already and stands behind the note is counted once. */
export async function countUnsentProfiles(transaction: IDBTransaction): Promise<number> {
  const mark = await readMark(transaction);
  const laidOut = mark?.table === 'profiles' ? IDBKeyRange.upperBound(mark.after) : undefined;
  const counts = await Promise.all([
    answerOf(transaction.objectStore('unsentProfiles').count(laidOut)),
    ...tablesFrom(mark)
      .map((table) => restOf(transaction, mark, table))
      .map(({ store, range }) => answerOf(store.count(range))),
  ]);
  return counts.reduce((sum, count) => sum + count, 0);
}

const tablesFrom = (mark: Mark | undefined) => (mark ? TABLES.slice(TABLES.indexOf(mark.table)) : []);

/** What of a table is behind the note. */
function restOf(transaction: IDBTransaction, mark: Mark | undefined, table: Mark['table']) {
  const after = mark?.table === table ? mark.after : '';
  return { store: transaction.objectStore(table), range: IDBKeyRange.lowerBound(after, true) };
}

async function readMark(transaction: IDBTransaction): Promise<Mark | undefined> {
  const request = transaction.objectStore('meta').get(ALL_KEY);
  const row = await answerOf(request as IDBRequest<MetaRow | undefined>);
  return row?.value as Mark | undefined;
}

const putMark = (transaction: IDBTransaction, value: Mark): void =>
  void transaction.objectStore('meta').put({ key: ALL_KEY, value } satisfies MetaRow);
