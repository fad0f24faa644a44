import { factsOf } from '#shared/domain/shop-facts.ts';
import { EMPTY_PROFILE, type Profile } from '#shared/domain/profile.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { answerOf } from '../native.ts';
import { readProgramsIn } from '../program-gaps.ts';
import { isPastComing } from '../projection-marks.ts';
import { isPresent, memberRow } from '../projections.ts';
import { readShopEvents } from '../shop-events.ts';
import { putSnapshotMark, readSnapshotMark } from '../snapshot.ts';
import { putShopFacts } from './shop-facts.ts';

/** Writes the cards of a past that is not here yet (snapshot.ts). */

/** The past has begun to come, and nothing stands for it. */
export const isSnapshotDue = async (transaction: IDBTransaction): Promise<boolean> =>
  (await isPastComing(transaction)) && (await readSnapshotMark(transaction))?.isWhole !== true;

/** @param past the shop's own events, in its order; what this till knows besides stands behind them. */
export async function beginSnapshot(
  transaction: IDBTransaction,
  past: readonly LedgerEvent[],
): Promise<void> {
  putSnapshotMark(transaction, { isWhole: false });
  const known = new Set(past.map(({ id }) => id));
  const own = (await readShopEvents(transaction)).filter(({ id }) => !known.has(id));
  await putShopFacts(transaction, factsOf([...past, ...own]));
}

export const endSnapshot = (transaction: IDBTransaction): void =>
  putSnapshotMark(transaction, { isWhole: true });

/** Who has a card keeps it: this till knows them by what they did here. @param cards in the order of their members. */
export async function putSnapshotSlice(
  transaction: IDBTransaction,
  cards: readonly MemberState[],
): Promise<void> {
  const [first, last] = [cards[0], cards.at(-1)];
  if (!first || !last) return;
  const range = IDBKeyRange.bound(first.member, last.member);
  const store = (name: 'cards' | 'members' | 'profiles' | 'erased' | 'aliases') =>
    transaction.objectStore(name);
  const keysOf = (name: 'cards' | 'erased' | 'aliases') => answerOf(store(name).getAllKeys(range));
  const [known, programs, documents] = await Promise.all([
    Promise.all([keysOf('cards'), keysOf('erased'), keysOf('aliases')]),
    readProgramsIn(transaction),
    answerOf(store('profiles').getAll(range) as IDBRequest<Profile[]>),
  ]);
  const isKnown = new Set(known.flat() as MemberId[]);
  const profiles = new Map(documents.map((profile) => [profile.member, profile]));
  for (const state of cards) {
    if (isKnown.has(state.member) || !isPresent(state)) continue;
    store('cards').put(state);
    store('members').put(memberRow(profiles.get(state.member) ?? EMPTY_PROFILE, state, programs));
  }
}
