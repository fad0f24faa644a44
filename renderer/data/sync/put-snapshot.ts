import { foldMember } from '#shared/domain/fold.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import { EMPTY_PROFILE, type Profile } from '#shared/domain/profile.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import { factsOf } from '#shared/domain/shop-facts.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId, TillId } from '#shared/lib/brand.ts';
import {
  dropBases,
  EVERYBODY,
  keepBase,
  putComingPast,
  readComingPast,
  type ComingPast,
  type Snapshot,
} from '../coming-past.ts';
import type { TableName } from '../database.ts';
import { readHistories } from '../history-of.ts';
import { answerOf } from '../native.ts';
import { readProgramsIn } from '../program-gaps.ts';
import { isPresent, memberRow } from '../projections.ts';
import type { EventRow } from '../rows.ts';
import { readShopEvents } from '../shop-events.ts';
import { readMarks } from '../sync-marks.ts';
import { readMerged } from './fold-changes.ts';
import { noteExcess } from './note-excess.ts';
import { putShopFacts } from './shop-facts.ts';
import type { WaitingPlaces } from './waiting-places.ts';

/** Writes the cards of a past that is not here yet (coming-past.ts). */

export async function isSnapshotDue(transaction: IDBTransaction, places: WaitingPlaces): Promise<boolean> {
  const past = await readComingPast(transaction);
  if (!past || past.isHere || past.snapshot?.through === EVERYBODY) return false;
  // What this till has written on the cards must be known.
  return (await places.read(transaction, await readHistories(transaction))).rows !== undefined;
}

/**
 * @param request.shopEvents the shop's own, in its order; what this till knows besides stands behind them.
 * @returns whether the past is still coming.
 */
export async function beginSnapshot(
  transaction: IDBTransaction,
  request: Pick<Snapshot, 'id' | 'till' | 'upTo'> & { readonly shopEvents: readonly LedgerEvent[] },
): Promise<boolean> {
  const { id, till, upTo, shopEvents } = request;
  const past = await readComingPast(transaction);
  if (!past || past.isHere) return false;
  putComingPast(transaction, { ...past, snapshot: { id, till, upTo, through: '', ...standsThrough(past) } });
  const known = new Set<string>(shopEvents.map((event) => event.id));
  const own = (await readShopEvents(transaction)).filter((event) => !known.has(event.id));
  await putShopFacts(transaction, factsOf([...shopEvents, ...own]));
  return true;
}

function standsThrough({ snapshot }: ComingPast): Pick<Snapshot, 'stands'> {
  if (!snapshot) return {};
  const { through, stands = '' } = snapshot;
  return { stands: through > stands ? through : stands };
}

/**
 * The next cards, in the order of their members. Whatever stood there was made from less; what this till has written since is
 * put on top.
 *
 * @returns whether this snapshot still stands; if not nothing was written.
 */
export async function putSnapshotSlice(
  transaction: IDBTransaction,
  places: WaitingPlaces,
  slice: { readonly id: string; readonly cards: readonly MemberState[]; readonly isLast: boolean },
): Promise<boolean> {
  const past = await readComingPast(transaction);
  const snapshot = past?.snapshot;
  if (!past || snapshot?.id !== slice.id) return false;
  const through = slice.isLast ? EVERYBODY : (slice.cards.at(-1)?.member ?? snapshot.through);
  // Written already: the answer got lost.
  if (through <= snapshot.through) return true;
  const range = IDBKeyRange.bound(snapshot.through, through, true);
  const store = (name: TableName) => transaction.objectStore(name);
  const [programs, merged, erased, known, documents, own] = await Promise.all([
    readProgramsIn(transaction),
    readMerged(transaction),
    answerOf(store('erased').getAllKeys(range)) as Promise<MemberId[]>,
    answerOf(store('cards').getAllKeys(range)) as Promise<MemberId[]>,
    answerOf(store('profiles').getAll(range) as IDBRequest<Profile[]>),
    readOwn(transaction, places, {
      ...snapshot,
      isInSlice: (card) => card > snapshot.through && card <= through,
    }),
  ]);
  if (!own) return false;
  const leftOut = new Set<MemberId>([...merged, ...erased]);
  const profiles = new Map(documents.map((profile) => [profile.member, profile]));
  const cards = slice.cards.filter(({ member }) => member > snapshot.through && !leftOut.has(member));
  dropBases(transaction, snapshot.through, through);
  for (const card of cards) {
    const state = withOwn(transaction, { card, events: own.get(card.member), programs });
    if (!isPresent(state)) continue;
    store('cards').put(state);
    store('members').put(memberRow(profiles.get(card.member) ?? EMPTY_PROFILE, state, programs));
  }
  const isPut = new Set(cards.map(({ member }) => member));
  for (const member of known) if (!isPut.has(member)) keepBase(transaction, member, null);
  putComingPast(transaction, { ...past, snapshot: { ...snapshot, through } } satisfies ComingPast);
  return true;
}

/** A card of the past, and what this till has written on it meanwhile: the past is its base from then on. */
function withOwn(
  transaction: IDBTransaction,
  request: {
    readonly card: MemberState;
    readonly events: readonly EventRow[] | undefined;
    readonly programs: ProgramBook;
  },
): MemberState {
  const { card, events = [], programs } = request;
  const [first] = events;
  if (!first) return card;
  keepBase(transaction, card.member, { state: card, afterN: first.n - 1 });
  return foldMember(card.member, events, programs, undefined, undefined, card);
}

/**
 * What this till has written on cards and no endpoint has acknowledged, by member, in its own order: the rest is in the past
 * that was read. Undefined: it is too much to be kept in mind.
 */
async function readOwn(
  transaction: IDBTransaction,
  places: WaitingPlaces,
  { till, isInSlice }: { readonly till: TillId; readonly isInSlice: (card: string) => boolean },
): Promise<ReadonlyMap<MemberId, readonly EventRow[]> | undefined> {
  const [{ uploaded }, { rows }] = await Promise.all([
    readMarks(transaction),
    places.read(transaction, await readHistories(transaction)),
  ]);
  if (!rows) return undefined;
  const positions = [...rows.values()].flatMap(({ n, card }) =>
    card !== undefined && isInSlice(card) && n > uploaded ? [n] : [],
  );
  const store = transaction.objectStore('events');
  const events = await Promise.all(
    positions.map((n) => answerOf(store.get(n) as IDBRequest<EventRow | undefined>)),
  );
  const own = events.filter((row) => row?.till === till) as (EventRow & { readonly member: MemberId })[];
  return Map.groupBy(own, ({ member }) => member);
}

/**
 * After all was made anew from a past: whether a reward that this till gave meanwhile was given elsewhere too. Of those that
 * others gave they were told.
 */
export async function noteOwnExcess(transaction: IDBTransaction, places: WaitingPlaces): Promise<void> {
  const { rows } = await places.read(transaction, await readHistories(transaction));
  const members = new Set(
    [...(rows?.values() ?? [])].flatMap(({ card }) => (card === undefined ? [] : [card])),
  );
  const [cards, aliases] = [transaction.objectStore('cards'), transaction.objectStore('aliases')];
  for (const member of members) {
    const alias = (await answerOf(aliases.get(member))) as { readonly canonical: string } | undefined;
    const state = (await answerOf(cards.get(alias?.canonical ?? member))) as MemberState | undefined;
    const exceptions = state?.exceptions.filter(({ event }) => rows?.has(event)) ?? [];
    await noteExcess(transaction, [{ exceptions }]);
  }
}
