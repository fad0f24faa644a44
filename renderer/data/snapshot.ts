import type { MemberState } from '#shared/domain/member-state.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Database } from './database.ts';
import { answerOf } from './native.ts';
import { PROJECTION_VERSION } from './projection-marks.ts';
import type { EventRow, MetaRow } from './rows.ts';

/**
 * Cards that were folded from a past before it is here: a till that joins a large shop serves everybody with them while the
 * ledger comes, and then makes them anew from it (docs/adr/0019).
 *
 *   no snapshot ─► begun: cards are being put ─► whole ─► the past is here: taken away, everything is rebuilt
 *
 * Meanwhile a commit puts its event onto the card as ever. Only a void looks back: so the first event of this till on such a
 * card keeps the card as it was, and a void is folded over that and what this till has written since.
 */

const SNAPSHOT_KEY = 'snapshot';
const baseKey = (member: MemberId): string => `${SNAPSHOT_KEY}:${member}`;

interface SnapshotMark {
  /** Of the projections. */
  readonly version: number;
  readonly isWhole: boolean;
}

/** What stands for the part of a member's history that is not here. */
export interface SnapshotBase {
  readonly state: MemberState;
  /** Written down: the next event on this card must not do it again. */
  readonly isKept: boolean;
  /** What this till has written on the card since, in its own order. */
  readonly since: readonly EventRow[];
}

export function putSnapshotMark(
  transaction: IDBTransaction,
  { isWhole }: { readonly isWhole: boolean },
): void {
  const value: SnapshotMark = { version: PROJECTION_VERSION, isWhole };
  transaction.objectStore('meta').put({ key: SNAPSHOT_KEY, value } satisfies MetaRow);
}

export async function readSnapshotMark(transaction: IDBTransaction): Promise<SnapshotMark | undefined> {
  const row = await get(transaction.objectStore('meta'), SNAPSHOT_KEY);
  return row?.value as SnapshotMark | undefined;
}

/** Whether cards of this version of the app stand for a past that is not here: nothing in the ledger could make them. */
export async function standsForCards(database: Database): Promise<boolean> {
  const mark = (await database.meta.get(SNAPSHOT_KEY))?.value as SnapshotMark | undefined;
  return mark?.isWhole === true && mark.version === PROJECTION_VERSION;
}

/** From here on cards are made from the ledger alone. */
export async function dropSnapshot(database: Database): Promise<void> {
  await database.meta.where('key').startsWith(SNAPSHOT_KEY).delete();
}

/**
 * Undefined where the ledger has all there is of the member.
 * @param card as it is now
 */
export async function readBase(
  transaction: IDBTransaction,
  member: MemberId,
  card: Promise<MemberState | undefined>,
): Promise<SnapshotBase | undefined> {
  if (!(await readSnapshotMark(transaction))) return undefined;
  const index = transaction.objectStore('events').index('member');
  const [kept, rows, state] = await Promise.all([
    get(transaction.objectStore('meta'), baseKey(member)),
    answerOf(index.getAll(member) as IDBRequest<EventRow[]>),
    card,
  ]);
  // What was pulled has its place in the row; the snapshot has counted it.
  const since = rows.filter(({ g }) => g === undefined);
  if (kept) return { state: kept.value as MemberState, isKept: true, since };
  // Somebody of whom this till knew more than the past tells.
  if (state === undefined || since.length > 0) return undefined;
  return { state, isKept: false, since };
}

export function keepBase(transaction: IDBTransaction, member: MemberId, { state }: SnapshotBase): void {
  transaction.objectStore('meta').put({ key: baseKey(member), value: state } satisfies MetaRow);
}

const get = (meta: IDBObjectStore, key: string): Promise<MetaRow | undefined> =>
  answerOf(meta.get(key) as IDBRequest<MetaRow | undefined>);
