import { applyEvent } from '#shared/domain/fold.ts';
import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import type { DayTotals } from '#shared/domain/day-totals.ts';
import { EMPTY_PROFILE, type ProfileContent } from '#shared/domain/profile.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import { readEvent, type LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { readComingPast, type ComingPast } from '../coming-past.ts';
import { countDay } from '../day-sums.ts';
import { readHistories, type Histories } from '../history-of.ts';
import { answerOf } from '../native.ts';
import { hasUnplaced, namesMissingProgram, readProgramsIn } from '../program-gaps.ts';
import { PROJECTION_KEY, putEarlyVoids, readEarlyVoids, UNPLACED_MARK } from '../projection-marks.ts';
import { isPresent, memberRow, memberRowAfter, nextTotals } from '../projections.ts';
import { emptyRows, erasedBy, putErased } from '../aliases-refold.ts';
import { refoldPeople } from '../aliases.ts';
import type { AliasRow, MemberRow } from '../rows.ts';
import { readUndone } from '../undone.ts';
import { noteExcess } from './note-excess.ts';
import { putShopFacts } from './shop-facts.ts';

/**
 * Brings the projections to what the ledger has become, in the transaction that changed it.
 *
 *   fresh, at the end of its card ──► applied to the card as it is
 *   a void, an event that was undone before it came, a card whose order changed ──► folded anew over its history
 *   a day whose sums depend on an order that changed ──► added up anew
 *   another definition for a version ──► everything is due to be rebuilt
 */
export interface Changes {
  /** New here, in the order in which they count; each at the end of its card, or the card is in `anew`. */
  readonly fresh: readonly LedgerEvent[];
  readonly anew: ReadonlySet<MemberId>;
  /** Days of which something counts that did not, or no more. */
  readonly days: ReadonlySet<string>;
  /** Ids that count now and did not, or no more: voids that name them are counted again. */
  readonly turned: ReadonlySet<string>;
  /** Programs, the shop's description or a closed day came, went or changed places. */
  readonly areShopEventsChanged: boolean;
}

export const NO_CHANGES: Changes = {
  fresh: [],
  anew: new Set(),
  days: new Set(),
  turned: new Set(),
  areShopEventsChanged: false,
};

export interface Folded {
  readonly members: readonly MemberId[];
  readonly days: readonly string[];
  readonly areProgramsChanged: boolean;
  /** The mark of the projections is gone: they must be made anew. */
  readonly isRebuildDue: boolean;
}

/** While a past is coming nothing is folded: all of it is, at once, when it is here. */
export async function foldChanges(transaction: IDBTransaction, changes: Changes): Promise<Folded> {
  const past = await readComingPast(transaction);
  if (past) return await keepUp(transaction, changes, past);
  const { fresh, areShopEventsChanged } = changes;
  const meta = transaction.objectStore('meta');
  const areRulesChanged = areShopEventsChanged && (await putShopFacts(transaction));
  if (areRulesChanged) meta.delete(PROJECTION_KEY);
  // A window may have published what somebody's stamps had waited for.
  const isRebuildDue = (await answerOf(meta.getKey(PROJECTION_KEY))) === undefined;
  if (isNothing(changes)) return { members: [], days: [], areProgramsChanged: false, isRebuildDue };
  await forgetErased(transaction, fresh);
  const [histories, programs, early, merged] = await Promise.all([
    readHistories(transaction),
    readProgramsIn(transaction),
    readEarlyVoids(transaction),
    readMerged(transaction),
  ]);
  const work: Work = {
    transaction,
    histories,
    programs,
    days: new Set(changes.days),
    targets: new Map(),
    folded: new Set(),
    alarming: [],
  };
  const anew = new Set(changes.anew);
  const arrived = new Set<string>(changes.turned);
  for (const { id } of fresh) if (early.has(id)) arrived.add(id);
  for (const event of fresh) {
    const card = histories.cardOf(event);
    if (card === undefined) continue;
    if (reachesBack(event) || early.has(event.id) || merged.has(card)) anew.add(card);
  }
  const missing = await foldAnew(work, anew, arrived);
  for (const id of arrived) early.delete(id);
  for (const id of missing) early.add(id);
  if (arrived.size + missing.length > 0) putEarlyVoids(transaction, early);
  const last = new Map<MemberId, LedgerEvent[]>();
  for (const event of fresh) {
    const card = histories.cardOf(event);
    if (card === undefined || work.folded.has(card)) continue;
    const known = last.get(card);
    if (known) known.push(event);
    else last.set(card, [event]);
  }
  await foldOn(work, last);
  await putDays(work, fresh);
  await noteExcess(transaction, work.alarming);
  return {
    members: [...work.folded, ...last.keys()],
    days: [...new Set([...work.days, ...fresh.map(({ day }) => day as string)])],
    areProgramsChanged: areShopEventsChanged,
    isRebuildDue,
  };
}

/** What can't wait for the past: the rules that this till goes by, and that who was forgotten is forgotten here too. */
async function keepUp(
  transaction: IDBTransaction,
  { fresh, areShopEventsChanged }: Changes,
  { snapshot }: ComingPast,
): Promise<Folded> {
  const erased = await forgetErased(transaction, fresh);
  await emptyRows(transaction, erased);
  // A snapshot has the rules as of the end of the past.
  const areProgramsChanged = areShopEventsChanged && snapshot === undefined;
  if (areProgramsChanged) await putShopFacts(transaction);
  return { members: erased, days: [], areProgramsChanged, isRebuildDue: false };
}

const isNothing = ({ fresh, anew, days, turned, areShopEventsChanged }: Changes): boolean =>
  fresh.length + anew.size + days.size + turned.size === 0 && !areShopEventsChanged;

interface Work {
  readonly transaction: IDBTransaction;
  readonly histories: Histories;
  readonly programs: ProgramBook;
  /** To be added up anew. */
  readonly days: Set<string>;
  /** What voids take back, by their ids. */
  readonly targets: Map<string, LedgerEvent>;
  /** Whose rows were made anew, from all there is. */
  readonly folded: Set<MemberId>;
  /** Cards with something that a manager may have to see. */
  readonly alarming: MemberState[];
}

/** Cards at a time: their reads go out together. */
const SLICE = 1000;

/** @returns ids that voids of these members name, and that are not here. */
async function foldAnew(
  work: Work,
  members: ReadonlySet<MemberId>,
  arrived: ReadonlySet<string>,
): Promise<string[]> {
  const { transaction, histories, programs } = work;
  const missing: string[] = [];
  for (const slice of slicesOf([...members])) {
    for (const history of await Promise.all(slice.map((member) => histories.of(member)))) {
      const undone = readUndone(history);
      for (const day of undone.contested) work.days.add(day);
      for (const id of arrived) for (const day of undone.daysNaming(id)) work.days.add(day);
      for (const [id, target] of undone.targets) work.targets.set(id, target);
      missing.push(...undone.missing);
    }
    const rows = await refoldPeople(transaction, slice, programs);
    // Also whoever is tied to them: nothing of theirs is added once more.
    for (const state of rows.cards) {
      work.folded.add(state.member);
      if (state.exceptions.length > 0) work.alarming.push(state);
    }
    for (const member of rows.gone) work.folded.add(member);
  }
  return missing;
}

/** Everybody who is one person with somebody: what is new of theirs may stand on another card. */
export async function readMerged(transaction: IDBTransaction): Promise<ReadonlySet<MemberId>> {
  const rows = await answerOf(transaction.objectStore('aliases').getAll() as IDBRequest<AliasRow[]>);
  return new Set(rows.flatMap(({ member, canonical }) => [member, canonical]));
}

/** Whether it may change more than the end of the card it stands on. */
function reachesBack(event: LedgerEvent): boolean {
  return REACHING.has(event.type);
}
const REACHING: ReadonlySet<string> = new Set(['void', 'merge', 'unmerge', 'erasure']);

/** Who is forgotten elsewhere is forgotten here, before anything is folded. @returns who it is. */
async function forgetErased(
  transaction: IDBTransaction,
  fresh: readonly LedgerEvent[],
): Promise<readonly MemberId[]> {
  const erased: MemberId[] = [];
  for (const event of fresh) {
    const known = event.type === 'erasure' ? readEvent(event) : undefined;
    if (known?.type !== 'erasure') continue;
    const rows = erasedBy(known);
    await putErased(transaction, rows);
    erased.push(...rows.map(({ member }) => member));
  }
  return erased;
}

/** One more event, or a few, at the end of each card. */
async function foldOn(work: Work, events: ReadonlyMap<MemberId, readonly LedgerEvent[]>): Promise<void> {
  const { transaction, programs } = work;
  for (const slice of slicesOf([...events.keys()])) {
    const [states, rows] = await Promise.all([
      readAll<MemberState>(transaction.objectStore('cards'), slice),
      readAll<MemberRow>(transaction.objectStore('members'), slice),
    ]);
    const strangers = slice.filter((_, index) => rows[index] === undefined);
    const profiles = await readAll<ProfileContent>(transaction.objectStore('profiles'), strangers);
    const profileOf = new Map(strangers.map((card, index) => [card, profiles[index]]));
    for (const [index, card] of slice.entries()) {
      const more = events.get(card) ?? [];
      const before = states[index] ?? emptyMemberState(card);
      const state = more.reduce((sum, event) => applyEvent(sum, event, programs), before);
      if (state.exceptions.length > before.exceptions.length) work.alarming.push(state);
      const known = rows[index];
      const row = known
        ? memberRowAfter(known, state, programs)
        : memberRow(profileOf.get(card) ?? EMPTY_PROFILE, state, programs);
      putCard(transaction, state, { row, isWaiting: more.some((event) => isMissingRules(event, programs)) });
    }
  }
}

/** The document of somebody who is not there stays: their events may still come. */
function putCard(
  transaction: IDBTransaction,
  state: MemberState,
  { row, isWaiting }: { readonly row: MemberRow; readonly isWaiting: boolean },
): void {
  const cards = transaction.objectStore('cards');
  const members = transaction.objectStore('members');
  if (!isPresent(state)) {
    cards.delete(state.member);
    members.delete(state.member);
    return;
  }
  cards.put(state);
  members.put(row);
  if (isWaiting || hasUnplaced(state)) transaction.objectStore('meta').put(UNPLACED_MARK);
}

export function isMissingRules(event: LedgerEvent, programs: ProgramBook): boolean {
  const known = readEvent(event);
  return known !== undefined && namesMissingProgram(programs, known.data);
}

async function putDays(work: Work, fresh: readonly LedgerEvent[]): Promise<void> {
  const { transaction, histories, days, targets } = work;
  const store = transaction.objectStore('totals');
  const followed = [...new Set(fresh.map(({ day }) => day as string))].filter((day) => !days.has(day));
  const before = await readAll<DayTotals>(store, followed);
  const sums = new Map(followed.map((day, index) => [day, before[index]]));
  for (const event of fresh) {
    const known = sums.has(event.day) ? readEvent(event) : undefined;
    if (known) sums.set(event.day, nextTotals(sums.get(event.day), known, targets.get(event.id)));
  }
  for (const totals of sums.values()) if (totals) store.put(totals);
  for (const day of days) {
    const totals = await countDay(transaction, day, histories);
    if (totals) store.put(totals);
    else store.delete(day);
  }
}

export function readAll<Row>(
  store: IDBObjectStore | IDBIndex,
  keys: readonly IDBValidKey[],
): Promise<(Row | undefined)[]> {
  return Promise.all(keys.map((key) => answerOf(store.get(key) as IDBRequest<Row | undefined>)));
}

function* slicesOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += SLICE) yield items.slice(from, from + SLICE);
}
