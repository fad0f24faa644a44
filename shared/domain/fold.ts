import { assertNever } from '../lib/assert.ts';
import type { MemberId } from '../lib/brand.ts';
import { grantsOf, readEvent, VOIDABLE_TYPES, type KnownEvent, type LedgerEvent } from '../ledger/event.ts';
import {
  balanceOf,
  emptyMemberState,
  emptyProgramState,
  type MemberState,
  type ProgramState,
} from './member-state.ts';
import { costOf, findProgram, type ProgramBook } from './program.ts';
import { addStamps, isReady, removeStamps, takeReward } from './punch-card.ts';

/**
 * The pure fold: a member's events in ledger order give the member's state. No clock, no randomness, no floats; the
 * same events give the same bytes on every till. A void removes the event it names as if it had never been, so a
 * redemption that the voided stamps had paid for becomes an exception instead of a negative balance.
 */

/** @param events one member's events in ledger order, each id once. Unknown ones are skipped and reported. */
export function foldMember(
  member: MemberId,
  events: readonly LedgerEvent[],
  programs: ProgramBook,
): MemberState {
  const voided = voidedIds(events);
  return events
    .filter((event) => !voided.has(event.id))
    .reduce((state, event) => applyEvent(state, event, programs), emptyMemberState(member));
}

/** Ids that a void among `events` takes out of the count. */
export function voidedIds(events: readonly LedgerEvent[]): ReadonlySet<string> {
  const types = new Map<string, string>(events.map((event) => [event.id, event.type]));
  const voided = new Set<string>();
  for (const event of events) {
    const known = readEvent(event);
    if (known?.type !== 'void') continue;
    const type = types.get(known.data.target);
    if (type !== undefined && VOIDABLE_TYPES.has(type)) voided.add(known.data.target);
  }
  return voided;
}

/**
 * The state after one more event at the end of the ledger. Not for a void: what it takes back may lie anywhere in
 * the history, so a void needs {@link foldMember}.
 */
export function applyEvent(state: MemberState, event: LedgerEvent, programs: ProgramBook): MemberState {
  const known = readEvent(event);
  if (!known) return { ...state, needsUpdate: true };
  const granted = grantsOf(known).reduce(
    (next, grant) =>
      updateProgram(next, grant.program, (program) => applyGrant(program, grant, known, programs)),
    countEvent(state, known),
  );
  const withExceptions = addGrantExceptions(state, granted, known);
  return known.type === 'redemption' ? applyRedemption(withExceptions, known, programs) : withExceptions;
}

/** Joining, visiting, being there at all. */
function countEvent(state: MemberState, event: KnownEvent): MemberState {
  switch (event.type) {
    case 'enrolment': {
      const joinedAt = state.joinedAt === null ? event.wall : Math.min(state.joinedAt, event.wall);
      const joined = { ...state, joinedAt, live: state.live + 1 };
      return event.data.visit > 0 ? countVisit(joined, event) : joined;
    }
    case 'visit':
      return countVisit({ ...state, live: state.live + 1 }, event);
    case 'paper-card':
    case 'opening':
    case 'adjustment':
    case 'redemption':
      return { ...state, live: state.live + 1 };
    case 'void':
    case 'profile':
    case 'shop':
    case 'program':
    case 'import':
      return state;
    default:
      return assertNever(event);
  }
}

function countVisit(state: MemberState, event: KnownEvent): MemberState {
  const lastVisitAt = Math.max(state.lastVisitAt ?? event.wall, event.wall);
  return { ...state, visits: state.visits + 1, lastVisitAt };
}

function updateProgram(
  state: MemberState,
  program: string,
  update: (program: ProgramState) => ProgramState,
): MemberState {
  const known = state.programs.some((candidate) => candidate.program === program);
  const programs = known ? state.programs : [...state.programs, emptyProgramState(program)];
  return {
    ...state,
    programs: programs
      .map((candidate) => (candidate.program === program ? update(candidate) : candidate))
      .sort((a, b) => (a.program < b.program ? -1 : 1)),
  };
}

function applyGrant(
  state: ProgramState,
  grant: { readonly program: string; readonly version: number; readonly units: number },
  event: KnownEvent,
  programs: ProgramBook,
): ProgramState {
  if (event.type === 'adjustment') return applyAdjustment(state, grant, programs);
  const earned = { ...state, earned: state.earned + grant.units };
  const placed = placeStamps(earned, grant, programs);
  return isVisit(event) ? countTowardsLimits(placed, grant.units, event) : placed;
}

const isVisit = (event: KnownEvent): boolean =>
  event.type === 'visit' || (event.type === 'enrolment' && event.data.visit > 0);

function placeStamps(
  state: ProgramState,
  grant: { readonly program: string; readonly version: number; readonly units: number },
  programs: ProgramBook,
): ProgramState {
  const definition = findProgram(programs, grant.program, grant.version);
  return definition
    ? { ...state, cards: addStamps(state.cards, grant.units, definition) }
    : { ...state, unplaced: state.unplaced + grant.units };
}

function applyAdjustment(
  state: ProgramState,
  grant: { readonly program: string; readonly version: number; readonly units: number },
  programs: ProgramBook,
): ProgramState {
  if (grant.units >= 0) {
    return placeStamps({ ...state, adjusted: state.adjusted + grant.units }, grant, programs);
  }
  const { cards, removed } = removeStamps(state.cards, -grant.units);
  const fromUnplaced = Math.min(state.unplaced, -grant.units - removed);
  return {
    ...state,
    cards,
    unplaced: state.unplaced - fromUnplaced,
    adjusted: state.adjusted - removed - fromUnplaced,
  };
}

/** What the limits look at. Commutative: tills may deliver a day's events in any order. */
function countTowardsLimits(state: ProgramState, units: number, event: KnownEvent): ProgramState {
  const { today } = state;
  const lastGrantAt = Math.max(state.lastGrantAt ?? event.wall, event.wall);
  if (today && event.day < today.day) return { ...state, lastGrantAt };
  const before = today && today.day === event.day ? today.units : 0;
  return { ...state, lastGrantAt, today: { day: event.day, units: before + units } };
}

function addGrantExceptions(before: MemberState, after: MemberState, event: KnownEvent): MemberState {
  if ((event.type === 'visit' || event.type === 'enrolment') && event.data.overLimit) {
    return { ...after, exceptions: [...after.exceptions, { event: event.id, kind: 'over-limit' }] };
  }
  if (event.type !== 'adjustment') return after;
  const total = (state: MemberState) => state.programs.reduce((sum, program) => sum + balanceOf(program), 0);
  const asked = event.data.grants.reduce((sum, grant) => sum + grant.units, 0);
  return total(after) - total(before) === asked
    ? after
    : { ...after, exceptions: [...after.exceptions, { event: event.id, kind: 'short-adjustment' }] };
}

function applyRedemption(
  state: MemberState,
  event: KnownEvent & { readonly type: 'redemption' },
  programs: ProgramBook,
): MemberState {
  const { program, version, reward } = event.data;
  const current = state.programs.find((candidate) => candidate.program === program);
  const place = current && findReadyCard(current, { version, reward }, programs);
  if (!place) {
    return { ...state, exceptions: [...state.exceptions, { event: event.id, kind: 'excess-redemption' }] };
  }
  return updateProgram(state, program, (before) => {
    const cost = costOf(place.reward, place.definition);
    return {
      ...before,
      cards: takeReward(before.cards, place.index, place.reward, place.definition),
      spent: before.spent + cost,
      completed: before.completed + (cost > 0 ? 1 : 0),
    };
  });
}

/** The oldest card of the version the cashier saw, else the oldest of any version, on which the reward is ready. */
function findReadyCard(
  state: ProgramState,
  wanted: { readonly version: number; readonly reward: string },
  programs: ProgramBook,
) {
  const ready = state.cards.flatMap((card, index) => {
    const definition = findProgram(programs, state.program, card.version);
    const reward = definition?.rewards.find((candidate) => candidate.id === wanted.reward);
    return definition && reward && isReady(card, reward) ? [{ index, card, definition, reward }] : [];
  });
  return ready.find(({ card }) => card.version === wanted.version) ?? ready[0];
}
