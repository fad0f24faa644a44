import { assertNever } from '../lib/assert.ts';
import type { MemberId, PlainDay } from '../lib/brand.ts';
import { addDays, daysBetween, mondayOf, yearOf } from '../lib/plain-day.ts';
import {
  grantsOf,
  readEvent,
  VOIDABLE_TYPES,
  type Donation,
  type Grant,
  type KnownEvent,
  type LedgerEvent,
  type Sale,
  type Standing,
} from '../ledger/event.ts';
import {
  addLot,
  joinLots,
  makeLot,
  rememberMonths,
  renewLots,
  sumOf,
  takeLapsed,
  takeNewest,
  type AddMonths,
} from './lots.ts';
import { addDonation, addException, programOf, thaw, type Draft, type ProgramDraft } from './member-draft.ts';
import { emptyMemberState, type MemberState, type WeekStreak } from './member-state.ts';
import { findProgram, isStampProgram, type ProgramBook } from './program.ts';
import { addStamps, lapseCards, removeStamps, renewCards } from './punch-card.ts';
import { applyRedemption } from './redemption.ts';
import { countUse } from './use-count.ts';
import { addToYears } from './yearly.ts';

/**
 * The pure fold: a member's events in ledger order give the member's state. No clock, no randomness, no floats; the
 * same events give the same bytes on every till. A void removes the event it names as if it had never been, so a
 * redemption that the voided units had paid for becomes an exception instead of a negative balance.
 *
 * Each event first lets lapse what could not be used any more on its business day. A later event with an earlier day
 * (a clock set back, a till that was offline) brings nothing back.
 */

/** Units that lapsed, told while folding. */
export type OnLapse = (lapse: {
  readonly program: string;
  readonly units: number;
  /** The last day on which they could be used. */
  readonly until: PlainDay;
}) => void;

/** Members who were merged: their events are folded as those of one. */
export interface OnePerson {
  readonly members: readonly MemberId[];
  /** Of these the joining bonus counts already, for whoever was enrolled first with the same number. */
  readonly withoutJoining: readonly MemberId[];
}

/** What one run of the fold asks, beside the events. */
interface Run {
  readonly programs: ProgramBook;
  readonly person: OnePerson | undefined;
  readonly onLapse: OnLapse | undefined;
  readonly addMonths: AddMonths;
  /**
   * The day of the event before, when that was a visit: what it earned lasts beyond its day, so nothing more lapses on it.
   * A redemption or a correction can leave a card that has nothing to wait for.
   */
  lapsedOn: PlainDay | undefined;
}

const startRun = (programs: ProgramBook, onLapse?: OnLapse, person?: OnePerson): Run => ({
  programs,
  person,
  onLapse,
  addMonths: rememberMonths(),
  lapsedOn: undefined,
});

/**
 * @param events one member's events in ledger order, each id once; of all members of `person`, if the member is one of
 * several that were merged. Unknown ones are skipped and reported.
 * @param from what came before them, folded already; absent: nothing did. Nothing of it can be taken back.
 */
export function foldMember(
  member: MemberId,
  events: readonly LedgerEvent[],
  programs: ProgramBook,
  onLapse?: OnLapse,
  person?: OnePerson,
  from: MemberState = emptyMemberState(member),
): MemberState {
  const voided = voidedIds(events);
  const draft = thaw(from);
  const run = startRun(programs, onLapse, person);
  for (const event of events) {
    if (voided.size === 0 || !voided.has(event.id)) apply(draft, event, run);
  }
  return draft;
}

/**
 * Ids that a void among `events` takes out of the count. A void names the member whose event it takes back, also where
 * members were merged: a merge that is taken back leaves every void where it belongs.
 */
export function voidedIds(events: readonly LedgerEvent[]): ReadonlySet<string> {
  const targets = new Map<string, Set<string | undefined>>();
  for (const event of events) {
    const known = event.type === 'void' ? readEvent(event) : undefined;
    if (known?.type !== 'void') continue;
    const by = targets.get(known.data.target);
    if (by) by.add(known.member);
    else targets.set(known.data.target, new Set([known.member]));
  }
  const voided = new Set<string>();
  if (targets.size === 0) return voided;
  for (const { id, type, member } of events) {
    if (targets.get(id)?.has(member) && VOIDABLE_TYPES.has(type)) voided.add(id);
  }
  return voided;
}

/**
 * The state after one more event at the end of the ledger. Not for a void: what it takes back may lie anywhere in
 * the history, so a void needs {@link foldMember}.
 */
export function applyEvent(
  state: MemberState,
  event: LedgerEvent,
  programs: ProgramBook,
  onLapse?: OnLapse,
  person?: OnePerson,
): MemberState {
  const draft = thaw(state);
  apply(draft, event, startRun(programs, onLapse, person));
  return draft;
}

/** {@link applyEvent} for an event that was read, or made, already: reading it costs as much as the rest. */
export function applyKnownEvent(
  state: MemberState,
  event: KnownEvent,
  programs: ProgramBook,
  onLapse?: OnLapse,
  person?: OnePerson,
): MemberState {
  const draft = thaw(state);
  applyKnown(draft, event, startRun(programs, onLapse, person));
  return draft;
}

/** What holds on `day`, when nothing happens before: units that can't be used any more are gone. */
export function stateOn(
  state: MemberState,
  day: PlainDay,
  programs: ProgramBook,
  onLapse?: OnLapse,
): MemberState {
  const draft = thaw(state);
  lapse(draft, day, startRun(programs, onLapse));
  return draft;
}

function apply(draft: Draft, event: LedgerEvent, run: Run): void {
  const known = readEvent(event);
  if (!known) {
    draft.needsUpdate = true;
    return;
  }
  applyKnown(draft, known, run);
}

function applyKnown(draft: Draft, known: KnownEvent, run: Run): void {
  if (!VOIDABLE_TYPES.has(known.type)) return;
  if (run.lapsedOn !== known.day) lapse(draft, known.day, run);
  run.lapsedOn = known.type === 'visit' ? known.day : undefined;
  if (draft.lastDay === null || draft.lastDay < known.day) draft.lastDay = known.day;
  countEvent(draft, known, run);
  for (const grant of countingGrants(known, run.person)) applyGrant(draft, grant, known, run);
  if (known.type === 'redemption') applyRedemption(draft, known, run.programs);
}

function lapse(draft: Draft, day: PlainDay, { programs, onLapse }: Run): void {
  for (const state of draft.programs) {
    const { program } = state;
    const lots = takeLapsed(state.lots, day);
    const cards = lapseCards(state.cards, day, programs.get(program));
    if (!lots && !cards) continue;
    for (const { units, until } of [...(lots ?? []), ...(cards ?? [])]) {
      state.expired += units;
      if (until !== null) onLapse?.({ program, units, until });
    }
  }
}

/** Joining, visiting, being there at all, and what an event says besides its grants. */
function countEvent(draft: Draft, event: KnownEvent, { programs, person }: Run): void {
  switch (event.type) {
    case 'enrolment':
      draft.live += 1;
      draft.joinedAt = draft.joinedAt === null ? event.wall : Math.min(draft.joinedAt, event.wall);
      if (event.data.referredBy !== undefined && !isSame(event, event.data.referredBy, person)) {
        draft.referredBy = event.data.referredBy as MemberId;
      }
      addStandings(draft, event.data.standings);
      return event.data.visit > 0 ? countVisit(draft, event, event.data, programs) : undefined;
    case 'visit':
      draft.live += 1;
      return countVisit(draft, event, event.data, programs);
    case 'opening':
      draft.live += 1;
      return addStandings(draft, event.data.standings);
    case 'action': {
      draft.live += 1;
      const state = programOf(draft, event.data.program);
      state.uses = countUse(state.uses, event.data.action, event.day);
      if (event.data.overLimit) addException(draft, event, 'over-limit');
      return undefined;
    }
    case 'purchase': {
      draft.live += 1;
      const { passUntil } = event.data;
      if (passUntil !== undefined) extendPass(programOf(draft, event.data.program), passUntil as PlainDay);
      return undefined;
    }
    case 'referral':
      draft.live += 1;
      // What it gave stays; but nobody is a friend of their own.
      if (!isSame(event, event.data.friend, person)) draft.referrals += 1;
      return undefined;
    case 'paper-card':
    case 'adjustment':
    case 'redemption':
      draft.live += 1;
      return undefined;
    case 'void':
    case 'profile':
    case 'shop':
    case 'program':
    case 'import':
    case 'approval':
    case 'merge':
    case 'unmerge':
    case 'erasure':
    case 'day-close':
    case 'export':
      return undefined;
    default:
      return assertNever(event);
  }
}

/** The grants of an event that count where its member is one of several that were merged. */
export function countingGrants(event: KnownEvent, person: OnePerson | undefined): readonly Grant[] {
  const grants = grantsOf(event);
  if (!person || event.type !== 'enrolment' || event.member === undefined) return grants;
  const isSecondJoining = person.withoutJoining.includes(event.member);
  return isSecondJoining ? grants.filter(({ rule }) => rule !== 'joining') : grants;
}

const isSame = (event: KnownEvent, other: string, person: OnePerson | undefined): boolean =>
  event.member === other || person?.members.includes(other as MemberId) === true;

interface VisitFacts {
  readonly sale?: Sale | undefined;
  readonly donations?: readonly Donation[] | undefined;
  readonly overLimit?: unknown;
}

function countVisit(draft: Draft, event: KnownEvent, facts: VisitFacts, programs: ProgramBook): void {
  const { sale, donations, overLimit } = facts;
  const { day } = event;
  draft.lastVisitAt = Math.max(draft.lastVisitAt ?? event.wall, event.wall);
  draft.visits += 1;
  // A second visit on the latest day changes neither it nor the weeks.
  if (draft.lastVisitDay !== day) draft.streak = extendStreak(draft.streak, day);
  if (draft.lastVisitDay === null || draft.lastVisitDay < day) draft.lastVisitDay = day;
  const year = yearOf(day);
  addToYears(draft.years, year, (entry) => ({
    year,
    visits: (entry?.visits ?? 0) + 1,
    spend: (entry?.spend ?? 0) + (sale?.amount ?? 0),
  }));
  for (const { charity, amount } of donations ?? []) addDonation(draft, charity, amount);
  for (const state of draft.programs) {
    if (!programs.get(state.program)?.some(({ expiry }) => expiry.kind === 'after-last-visit')) continue;
    state.lots = joinLots(renewLots(state.lots, day));
    state.cards = [...renewCards(state.cards, day)];
  }
  if (overLimit !== undefined) addException(draft, event, 'over-limit');
}

/** Weeks are whole ones from Monday to Sunday; a day that comes late changes nothing. */
function extendStreak(streak: WeekStreak | null, day: PlainDay): WeekStreak {
  // Asked with every visit, and most come in the week of another: its Monday need not be found again.
  if (streak && daysBetween({ from: streak.week, to: day }) < 7) return streak;
  const week = mondayOf(day);
  if (!streak) return { week, weeks: 1, best: 1 };
  const weeks = addDays(streak.week, 7) === week ? streak.weeks + 1 : 1;
  return { week, weeks, best: Math.max(streak.best, weeks) };
}

function addStandings(draft: Draft, standings: readonly Standing[] | undefined): void {
  for (const { program, tier, passUntil } of standings ?? []) {
    const state = programOf(draft, program);
    if (tier) state.broughtTier = tier;
    if (passUntil !== undefined) extendPass(state, passUntil as PlainDay);
  }
}

function extendPass(state: ProgramDraft, until: PlainDay): void {
  if (state.passUntil === null || state.passUntil < until) state.passUntil = until;
}

function applyGrant(draft: Draft, grant: Grant, event: KnownEvent, run: Run): void {
  const state = programOf(draft, grant.program);
  if (event.type === 'adjustment') {
    const placed = grant.units < 0 ? removeUnits(state, -grant.units) : grant.units;
    if (grant.units >= 0) placeUnits(state, grant, event.day, run);
    state.adjusted += placed;
    const isNoted = draft.exceptions.at(-1)?.event === event.id;
    if (placed !== grant.units && !isNoted) addException(draft, event, 'short-adjustment');
    return;
  }
  state.earned += grant.units;
  placeUnits(state, grant, event.day, run);
  if (isVisit(event)) countTowardsLimits(state, grant.units, event);
  if (isEarnedHere(event)) {
    const year = yearOf(event.day);
    const { units } = grant;
    addToYears(state.years, year, (entry) => ({ year, units: (entry?.units ?? 0) + units }));
  }
}

const isVisit = (event: KnownEvent): boolean =>
  event.type === 'visit' || (event.type === 'enrolment' && event.data.visit > 0);

/** Balances brought from elsewhere are no achievement of this year. */
function isEarnedHere(event: KnownEvent): boolean {
  if (event.type === 'enrolment') return event.data.by !== 'import';
  return event.type !== 'opening' && event.type !== 'paper-card';
}

/** A number from the wrong column or a slipped key must not fill millions of cards: what is above waits to be taken back. */
const MAX_STAMPS_AT_ONCE = 10_000;
/** Nor may many such numbers, in one event or in several. */
const MAX_CARDS = 10_000;

function placeUnits(state: ProgramDraft, grant: Grant, on: PlainDay, run: Run): void {
  const { programs, addMonths } = run;
  if (grant.units === 0) return;
  const definition = findProgram(programs, grant.program, grant.version);
  if (!definition) {
    state.unplaced += grant.units;
  } else if (isStampProgram(definition)) {
    const versions = programs.get(grant.program);
    const room = state.cards.length < MAX_CARDS ? MAX_STAMPS_AT_ONCE : 0;
    const placed = Math.min(grant.units, room);
    addStamps(state.cards, { units: placed, on, addMonths }, definition, versions);
    state.unplaced += grant.units - placed;
  } else {
    addLot(state.lots, makeLot({ units: grant.units, on, addMonths }, definition.expiry));
  }
}

/** @returns the change, zero or negative: less than asked for where the balance ends. */
function removeUnits(state: ProgramDraft, units: number): number {
  const { cards, removed } = removeStamps(state.cards, units);
  const fromLots = Math.min(sumOf(state.lots), units - removed);
  const fromUnplaced = Math.min(state.unplaced, units - removed - fromLots);
  state.cards = [...cards];
  if (fromLots > 0) state.lots = [...takeNewest(state.lots, fromLots)];
  state.unplaced -= fromUnplaced;
  return -(removed + fromLots + fromUnplaced);
}

/** What the limits look at. Commutative: tills may deliver a day's events in any order. */
function countTowardsLimits(state: ProgramDraft, units: number, event: KnownEvent): void {
  const { today } = state;
  state.lastGrantAt = Math.max(state.lastGrantAt ?? event.wall, event.wall);
  if (today && event.day < today.day) return;
  const before = today && today.day === event.day ? today.units : 0;
  state.today = { day: event.day, units: before + units };
}
