import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import type { MemberId, TillId } from '#shared/lib/brand.ts';
import type { Database } from './database.ts';
import { answerOf } from './native.ts';
import { raiseProgramsRevision } from './program-gaps.ts';
import { PROJECTION_VERSION } from './projection-marks.ts';
import type { EventRow, MetaRow } from './rows.ts';

/**
 * A till that joins a large shop takes in the shop's past for minutes. What is folded from it is made when all of it is here;
 * until then a snapshot stands for the cards, folded from a past that is not in the ledger (docs/adr/0019).
 *
 *   comes ─► a snapshot is put, by members ─► it is whole ─► the past is here ─► everything is made anew, the mark goes
 *
 * Meanwhile sync puts nothing onto a card, and a commit of this till puts its event onto the card as ever. Only a void looks
 * back: so the first commit on a card of the snapshot keeps the card as it was, its base, and a void is folded over that
 * and what this till has written on the card since.
 */
export interface ComingPast {
  /** Of the projections: cards of another version can't be gone on with. */
  readonly version: number;
  /** Everything is due to be made from it. */
  readonly isHere?: true;
  readonly snapshot?: Snapshot;
}

export interface Snapshot {
  /** Tells one reading of the past from another. */
  readonly id: string;
  /** This till. */
  readonly till: TillId;
  /** The last place in the shop's order that it has counted. */
  readonly upTo: number;
  /** The last member whose card it has put, in the order of their ids. */
  readonly through: string;
  /** The last one for whom an earlier snapshot stands, which was cut off. */
  readonly stands?: string;
}

/** Behind every id. */
export const EVERYBODY = '\uffff';

/** One row in `meta`, absent where no past is coming. */
export const PAST_KEY = 'unfolded';
const baseKey = (member: MemberId): string => `base:${member}`;

/** Every commit hears of it by the revision. */
export async function beginComingPast(transaction: IDBTransaction): Promise<void> {
  putComingPast(transaction, { version: PROJECTION_VERSION });
  await raiseProgramsRevision(transaction);
}

export function putComingPast(transaction: IDBTransaction, value: ComingPast): void {
  transaction.objectStore('meta').put({ key: PAST_KEY, value } satisfies MetaRow);
}

/** @param transaction on `meta` */
export async function readComingPast(transaction: IDBTransaction): Promise<ComingPast | undefined> {
  return pastOf(await get(transaction.objectStore('meta'), PAST_KEY));
}

/** By connection: of which revision of the programs it is known that no past was coming. */
const noneAt = new WeakMap<IDBDatabase, number>();

/**
 * The same for a commit, which reads the revision anyway: whoever lets a past come raises it (program-gaps.ts), so it is asked
 * about only where one may be coming.
 */
export async function readComingPastAt(
  transaction: IDBTransaction,
  revision: number,
): Promise<ComingPast | undefined> {
  if (noneAt.get(transaction.db) === revision) return undefined;
  const past = await readComingPast(transaction);
  if (!past) noneAt.set(transaction.db, revision);
  return past;
}

/** The same for whoever goes on looking. */
export async function findComingPast(database: Database): Promise<ComingPast | undefined> {
  return pastOf(await database.meta.get(PAST_KEY));
}

/** Earlier versions of the app kept nothing but that it comes. */
function pastOf(row: MetaRow | undefined): ComingPast | undefined {
  return row && (typeof row.value === 'object' ? (row.value as ComingPast) : { version: 0 });
}

/** From here on cards are made from the ledger alone. */
export async function dropSnapshot(database: Database): Promise<void> {
  await database.transaction('rw', database.meta, async () => {
    const past = await findComingPast(database);
    if (!past) return;
    await database.meta.put({
      key: PAST_KEY,
      value: { version: past.version, isHere: true } satisfies ComingPast,
    });
    await database.meta
      .where('key')
      .startsWith(baseKey('' as MemberId))
      .delete();
  });
}

/** What stands for the part of a member's history that is not here; null: the card was made from the ledger alone. */
type KeptBase = CardBase | null;
export interface CardBase {
  readonly state: MemberState;
  /** What this till has written on the card behind this position is not in it. */
  readonly afterN: number;
}

export interface ReadBase extends CardBase {
  /** Written down: the next commit on this card must not do it again. */
  readonly isKept: boolean;
  /** What this till has written on the card since, in its own order; read for a void only. */
  readonly since: readonly EventRow[];
}

/** Undefined where the ledger has all that stands on the card. */
export async function readBase(
  transaction: IDBTransaction,
  member: MemberId,
  request: {
    readonly past: ComingPast;
    readonly card: Promise<MemberState | undefined>;
    readonly withHistory: boolean;
  },
): Promise<ReadBase | undefined> {
  const { snapshot } = request.past;
  if (!snapshot || !standsFor(snapshot, member)) return undefined;
  const row = await get(transaction.objectStore('meta'), baseKey(member));
  if (!row) {
    const [state, afterN] = await Promise.all([request.card, newestN(transaction)]);
    return { state: state ?? emptyMemberState(member), afterN, isKept: false, since: [] };
  }
  const base = row.value as KeptBase;
  if (!base) return undefined;
  const since = request.withHistory
    ? await ownSince(transaction, member, { till: snapshot.till, afterN: base.afterN })
    : [];
  return { ...base, isKept: true, since };
}

export const standsFor = ({ through, stands = '' }: Snapshot, member: MemberId): boolean =>
  member <= through || member <= stands;

export function keepBase(transaction: IDBTransaction, member: MemberId, base: KeptBase): void {
  const value: KeptBase = base && { state: base.state, afterN: base.afterN };
  transaction.objectStore('meta').put({ key: baseKey(member), value } satisfies MetaRow);
}

/** Those of an earlier snapshot. @param range of members, without the first */
export function dropBases(transaction: IDBTransaction, from: string, through: string): void {
  const range = IDBKeyRange.bound(baseKey(from as MemberId), baseKey(through as MemberId), true);
  transaction.objectStore('meta').delete(range);
}

async function ownSince(
  transaction: IDBTransaction,
  member: MemberId,
  { till, afterN }: { readonly till: TillId; readonly afterN: number },
): Promise<readonly EventRow[]> {
  const index = transaction.objectStore('events').index('member');
  const rows = await answerOf(index.getAll(member) as IDBRequest<EventRow[]>);
  // What was pulled has its place in the row: an earlier life of this till may have written it.
  return rows.filter((row) => row.n > afterN && row.till === till && row.g === undefined);
}

export async function newestN(transaction: IDBTransaction): Promise<number> {
  const cursor = await answerOf(transaction.objectStore('events').openKeyCursor(null, 'prev'));
  return (cursor?.primaryKey as number | undefined) ?? 0;
}

const get = (meta: IDBObjectStore, key: string): Promise<MetaRow | undefined> =>
  answerOf(meta.get(key) as IDBRequest<MetaRow | undefined>);
