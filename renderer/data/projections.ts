import { addToDay, emptyDayTotals, type DayTotals } from '#shared/domain/day-totals.ts';
import { applyKnownEvent, foldMember, type OnePerson } from '#shared/domain/fold.ts';
import { sumOf } from '#shared/domain/lots.ts';
import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import { nameKeys } from '#shared/domain/person-name.ts';
import { lastDigitsOf } from '#shared/domain/phone-number.ts';
import type { ProfileContent } from '#shared/domain/profile.ts';
import { findProgram, isStampProgram, type ProgramBook } from '#shared/domain/program.ts';
import { listReadyRewards } from '#shared/domain/rewards.ts';
import { readEvent, type KnownEvent, type LedgerEvent } from '#shared/ledger/event.ts';
import { assert } from '#shared/lib/assert.ts';
import type { MemberRow } from './rows.ts';

/** Pure steps from events and profiles to rows. The punch, the import and the rebuild all go through here, which is
 * why a rebuild gives equal bytes. */

/** A member exists for the counter while at least one of their events counts. */
export const isPresent = (state: MemberState): boolean => state.live > 0 || state.needsUpdate;

/** @param history the member's earlier events in ledger order; needed when `event` is a void. */
export function nextState(request: {
  readonly before: MemberState | undefined;
  readonly event: KnownEvent;
  readonly history: readonly LedgerEvent[] | undefined;
  readonly programs: ProgramBook;
  /** Where the member is one of several that were merged. */
  readonly person?: OnePerson | undefined;
  /** What came before `history`, where that is not here yet. */
  readonly base?: MemberState | undefined;
}): MemberState {
  const { before, event, history, programs, person, base } = request;
  assert(event.member, 'only events of a member change a card');
  if (event.type !== 'void')
    return applyKnownEvent(before ?? emptyMemberState(event.member), event, programs, undefined, person);
  assert(history, 'a void is folded over the whole history');
  return foldMember(event.member, [...history, event], programs, undefined, undefined, base);
}

type RowContent = Pick<ProfileContent, 'name' | 'phone' | 'card'>;

export function memberRow(profile: RowContent, state: MemberState, programs: ProgramBook): MemberRow {
  const joinedAt = state.joinedAt ?? 0;
  return {
    id: state.member,
    name: profile.name,
    nameKeys: nameKeys(profile.name),
    ...(profile.phone === null ? {} : { phone: profile.phone, last4: lastDigitsOf(profile.phone) }),
    ...(profile.card === null ? {} : { card: profile.card }),
    ...countsOf(state, programs),
    joinedAt,
  };
}

/** The same row after an event that left the profile alone: no name is folded again. */
export function memberRowAfter(row: MemberRow, state: MemberState, programs: ProgramBook): MemberRow {
  return { ...row, ...countsOf(state, programs), joinedAt: state.joinedAt ?? 0 };
}

/**
 * Only what follows from the member's own events and the rules their cards started with: a newer version of a program
 * must not make a row stale. So a perk, a gift and what points could buy are asked when they are shown.
 */
function countsOf(
  state: MemberState,
  programs: ProgramBook,
): Pick<MemberRow, 'lastVisitAt' | 'visits' | 'stamps' | 'points' | 'ready'> {
  const cards = state.programs.flatMap((program) => program.cards);
  return {
    lastVisitAt: state.lastVisitAt ?? state.joinedAt ?? 0,
    visits: state.visits,
    stamps: cards.reduce((sum, card) => sum + (card.spent ? 0 : card.stamps), 0),
    points: state.programs.flatMap(({ program, lots }) =>
      lots.length === 0 ? [] : [{ program, units: sumOf(lots) }],
    ),
    ready: cards.length === 0 ? 0 : countOnCards(state, programs),
  };
}

function countOnCards(state: MemberState, programs: ProgramBook): number {
  if (state.lastDay === null) return 0;
  const ready = listReadyRewards(state, programs, { day: state.lastDay, birthday: null });
  return ready.filter(({ program, version, reward }) => {
    const definition = findProgram(programs, program, version);
    return definition !== undefined && isStampProgram(definition) && reward.at > 0;
  }).length;
}

/** The day's sums after `event`. @param target the event a void takes back. */
export function nextTotals(
  before: DayTotals | undefined,
  event: KnownEvent,
  target: LedgerEvent | undefined,
): DayTotals {
  return addToDay(before ?? emptyDayTotals(event.day), event, target && readEvent(target));
}
